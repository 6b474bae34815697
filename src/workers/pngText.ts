// The page's way to the text inside a PNG: bytes only, so it needs no worker of its own.

export { pngText, withPngText } from '../formats/pngText';
