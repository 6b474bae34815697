// For tests: the way to every field of a JSON text, so that each can be changed in turn.

export function everyPath(json: string): string[][] {
  const paths: string[][] = [];
  const walk = (value: unknown, path: string[]): void => {
    if (path.length > 0) paths.push(path);
    if (typeof value === 'object' && value !== null) for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name]);
  };
  walk(JSON.parse(json), []);
  return paths;
}
