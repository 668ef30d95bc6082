/** Whose paper a statement is on: an agency's. */
export type Brand = {
  readonly name: string;
  /** what paper cannot show (WebP) is left out there */
  readonly logo: { readonly bytes: Uint8Array; readonly type: string } | null;
  /** "#rrggbb", dark enough for white text on it; null: the house's own */
  readonly accent: string | null;
};
