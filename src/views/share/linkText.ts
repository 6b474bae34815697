/** The address of this page with a link's hash. */
export function linkText(hash: string): string {
  return `${location.origin}${location.pathname}${location.search}#${hash}`;
}
