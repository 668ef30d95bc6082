/** Pictures for the head of a report, known by their bytes: a file's name and type are only claims. */

/** What a PDF can carry without being redrawn. */
export const LOGO_TYPES = ["image/png", "image/jpeg"] as const;
export type LogoType = (typeof LOGO_TYPES)[number];

export const MAX_LOGO_BYTES = 200_000;
export const MAX_LOGO_SIDE = 1_024;

export interface Logo {
  readonly type: LogoType;
  readonly width: number;
  readonly height: number;
}

/** What a picture is, or one sentence that says why it is no logo and what to bring instead. */
export function readLogo(bytes: Uint8Array): Logo | string {
  if (bytes.length > MAX_LOGO_BYTES)
    return `This file has ${Math.ceil(bytes.length / 1_000)} kB. Bring one of at most ${MAX_LOGO_BYTES / 1_000} kB.`;
  const logo = readPng(bytes) ?? readJpeg(bytes);
  if (!logo) return refusal(bytes);
  const { width, height } = logo;
  if (width === 0 || height === 0 || width > MAX_LOGO_SIDE || height > MAX_LOGO_SIDE)
    return `This picture is ${width} × ${height} pixels. Bring one of at most ${MAX_LOGO_SIDE} × ${MAX_LOGO_SIDE}.`;
  return logo;
}

function refusal(bytes: Uint8Array): string {
  const text = asciiOf(bytes.subarray(0, 1_000));
  if (/^\s*(<\?xml|<!--|<!doctype svg|<svg)/i.test(text.replace(/^\u00ef\u00bb\u00bf/, "")))
    return "An SVG can carry scripts, so it is not taken. Save the logo as a PNG and bring that.";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "WEBP")
    return "Reports cannot print a WebP. Save the logo as a PNG and bring that.";
  if (text.startsWith("GIF8")) return "Reports cannot print a GIF. Save the logo as a PNG and bring that.";
  return "This file is no whole PNG or JPEG picture. Save the logo as one of these and bring that.";
}

/** Signature, a header of 13 bytes first, the end mark last. */
function readPng(bytes: Uint8Array): Logo | null {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
  if (bytes.length < 45 || !signature.every((byte, at) => bytes[at] === byte)) return null;
  if (asciiOf(bytes.subarray(-8, -4)) !== "IEND") return null;
  const view = viewOf(bytes);
  return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

/** Goes from marker to marker up to the frame's header, which knows the size. */
function readJpeg(bytes: Uint8Array): Logo | null {
  if (bytes.length < 20 || bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  if (bytes.at(-2) !== 0xff || bytes.at(-1) !== 0xd9) return null;
  const view = viewOf(bytes);
  let at = 2;
  while (at + 9 < bytes.length) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // Bytes that only fill up, and markers without a length.
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else if (isFrame(marker))
      return { type: "image/jpeg", height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    // The picture itself before any frame: nothing tells its size.
    else if (marker === 0xda) return null;
    else at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** SOF0 to SOF15, without the three among them that are no frames (tables and extensions). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function asciiOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
