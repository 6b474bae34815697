// The page's few icons, drawn in the text's colour. They decorate: the button beside them has the name.

const PATHS = {
  play: 'M5 3.2v9.6L13 8z',
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  nextPhase: 'M4 3.2v9.6L10.6 8zM11 3h1.8v10H11z',
  nextUpdate: 'M2 3.2v9.6L7.6 8zM7.4 3.2v9.6L13 8zM13 3h1.6v10H13z',
  back: 'M12 3.2v9.6L5.4 8zM3.2 3H5v10H3.2z',
  reset: 'M8 2.5a5.5 5.5 0 1 1-5.2 3.7l1.5.5A3.9 3.9 0 1 0 8 4.1v2.2L4.4 3.3 8 .4z',
  left: 'M10 3.2v9.6L4.4 8z',
  right: 'M6 3.2v9.6L11.6 8z',
  bookmark: 'M4 2h8v12.4L8 11l-4 3.4z',
  lock: 'M5 7V5a3 3 0 0 1 6 0v2h1v7H4V7zm1.5 0h3V5a1.5 1.5 0 0 0-3 0z',
  unlock: 'M5 7V4.6a3 3 0 0 1 5.9-.7l-1.4.5a1.5 1.5 0 0 0-3 .2V7H12v7H4V7z',
  systemTheme: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM8 3v10A5 5 0 0 0 8 3z',
  lightTheme: 'M8 4.7a3.3 3.3 0 1 1 0 6.6 3.3 3.3 0 0 1 0-6.6zM7.2 1h1.6v2.3H7.2zM7.2 12.7h1.6V15H7.2zM1 7.2h2.3v1.6H1zM12.7 7.2H15v1.6h-2.3zM2.5 3.6l1.1-1.1 1.7 1.7-1.1 1.1zM10.7 11.8l1.1-1.1 1.7 1.7-1.1 1.1zM12.4 2.5l1.1 1.1-1.7 1.7-1.1-1.1zM4.2 10.7l1.1 1.1-1.7 1.7-1.1-1.1z',
  darkTheme: 'M6.3 1.8a6.4 6.4 0 1 0 7.9 7.9A5.2 5.2 0 0 1 6.3 1.8z',
} as const;

export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  return <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d={PATHS[name]} /></svg>;
}
