// A partition: which places of a batch (tokens or steps) belong together, as two small integer arrays that a kernel walks.
// Made on the host because names and token ids are discrete; the numbers over the sets are then made by kernels.

export interface Partition {
  /** places sorted by set, within a set by their own order; only the first start[sets] count */
  readonly order: Uint32Array<ArrayBuffer>;
  /** [places + 1]: set s holds order[start[s]] .. order[start[s + 1] − 1]; sets that do not exist are empty */
  readonly start: Uint32Array<ArrayBuffer>;
}

/** From a key a place; places without a key (undefined) are in no set. Sets come in order of first appearance. */
export function partitionBy(places: number, keyOf: (place: number) => string | number | undefined): Partition {
  const members = new Map<string | number, number[]>();
  for (let place = 0; place < places; place++) {
    const key = keyOf(place);
    if (key === undefined) continue;
    const known = members.get(key);
    if (known === undefined) members.set(key, [place]);
    else known.push(place);
  }
  const order = new Uint32Array(places);
  const start = new Uint32Array(places + 1);
  let [used, set] = [0, 0];
  for (const list of members.values()) {
    order.set(list, used);
    used += list.length;
    start[++set] = used;
  }
  start.fill(used, set + 1);
  return { order, start };
}
