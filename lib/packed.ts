declare const packed: unique symbol;

/**
 * Data as one text, for a client component: as an object, each of its hundreds of figures is walked several times
 * on its way into the document. Only what JSON knows.
 */
export type Packed<Data> = string & { readonly [packed]: Data };

export function pack<Data>(data: Data): Packed<Data> {
  return JSON.stringify(data) as Packed<Data>;
}

export function unpack<Data>(text: Packed<Data>): Data {
  return JSON.parse(text);
}
