// The page's name.

export function Brand() {
  return (
    <h1 className="brand">
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        <path className="brandLine" d="M2 12h20" />
        <path className="brandPositive" d="M5 4.5h3.6V11H5zM15.4 7h3.6v4h-3.6z" />
        <path className="brandNegative" d="M10.2 13h3.6v7h-3.6z" />
      </svg>
      <span className="brandName">Creditscope</span>
    </h1>
  );
}
