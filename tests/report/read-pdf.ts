import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

/** A document as a reader sees it: its pages' lines from the top, and what it says about itself. */
export interface ReadPdf {
  pages: string[][];
  title: string;
  language: string | null;
  isTagged: boolean;
  /** of the first page, in points */
  size: [width: number, height: number];
}

export async function readPdf(bytes: Buffer): Promise<ReadPdf> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const { info } = await pdf.getMetadata();
  const about = info as { Title?: string; Language?: string | null };
  const pages: string[][] = [];
  let size: [number, number] = [0, 0];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    if (number === 1) size = [page.view[2] ?? 0, page.view[3] ?? 0];
    const { items } = await page.getTextContent();
    const lines = new Map<number, string>();
    for (const item of items) {
      if (!("str" in item)) continue;
      const height = Math.round(item.transform[5]);
      lines.set(height, (lines.get(height) ?? "") + item.str);
    }
    pages.push([...lines].sort(([a], [b]) => b - a).map(([, line]) => line.replace(/\s+/g, " ")));
  }
  const isTagged = (await pdf.getMarkInfo())?.Marked === true;
  await pdf.destroy();
  return { pages, title: about.Title ?? "", language: about.Language ?? null, isTagged, size };
}
