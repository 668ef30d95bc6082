/**
 * Which keys of a long list may occur more than once, without holding the keys: by a hash of 53 bits each, eight
 * bytes a key. Answers a test that is true for every key that repeats, and hardly ever for another.
 */
export function repeatedIn(keys: Iterable<string>, count: number): (key: string) => boolean {
  // At most half full, so that a free place is near.
  const places = 2 ** Math.ceil(Math.log2(2 * count + 2));
  const hashes = new Float64Array(places);
  const repeated = new Set<number>();
  for (const key of keys) {
    const hash = hashOf(key);
    let place = hash % places;
    while (hashes[place] !== 0 && hashes[place] !== hash) place = (place + 1) % places;
    if (hashes[place] === hash) repeated.add(hash);
    hashes[place] = hash;
  }
  return (key) => repeated.size > 0 && repeated.has(hashOf(key));
}

/** Two mixes of 32 bits (the finishing steps of MurmurHash3) as a whole number from 1 to 2^53 - 1. */
function hashOf(key: string): number {
  let [a, b] = [0x9e3779b9, 0x85ebca6b];
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index);
    a = Math.imul(a ^ code, 0x85ebca6b);
    b = Math.imul(b ^ code, 0xc2b2ae35);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (b >>> 11) * 2 ** 32 + (a >>> 0) || 1;
}
