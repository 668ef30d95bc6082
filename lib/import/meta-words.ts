import type { Result } from "../model/result";
import { type Columns, findColumns, wordsFor } from "./columns";
import { parseCount } from "./numbers";
import type { Table } from "./parse";

/** The words of Meta Business Suite's export of posts, in every language for which they are known. */
const WORDS = {
  postId: ["Post ID", "ID post", "ID del post"],
  assetId: ["Video asset ID", "Identificador del activo de video"],
  pageId: ["Page ID"],
  page: ["Page name", "Nombre de la página", "Nome della Pagina"],
  permalink: ["Permalink", "Permalänk", "Enlace permanente", "Link permanente"],
  type: ["Post type", "Tipo di post", "Tipo de publicación", "Inläggstyp"],
  title: ["Title", "Titolo", "Título", "Titel"],
  description: ["Description", "Descrizione", "Descripción", "Beskrivning"],
  duration: ["Duration (sec)", "Durata (sec)", "Duración (segundos)", "Varaktighet (sek)"],
  publishedAt: ["Publish time", "Orario di pubblicazione", "Hora de publicación", "Publiceringstid"],
  date: ["Date", "Data", "Fecha", "Datum"],
  views: ["Views", "Plays", "Visualizzazioni", "Visualizaciones", "Visningar"],
  likes: ["Likes", "Mi piace", "Me gusta", "Gilla-markeringar"],
  reactions: ["Reactions", "Reazioni", "Reacciones", "Reaktioner"],
  comments: ["Comments", "Commenti", "Comentarios", "Kommentarer"],
  shares: ["Shares", "Condivisioni", "Veces que se compartió", "Delningar"],
  earnings: ["Estimated earnings", "Ingresos estimados"],
  stars: ["Estimated stars earnings"],
} as const;

export type MetaColumn = keyof typeof WORDS;
export type MetaColumns = Columns<MetaColumn>;

const NAMES = wordsFor<MetaColumn>(WORDS);
const MONEY: ReadonlySet<MetaColumn> = new Set(["earnings", "stars"]);

/** Which of Meta's columns a table has, matched by header name alone. */
export function metaColumnsOf(table: Table): MetaColumns {
  return findColumns(table, NAMES, MONEY);
}

/** "IG reel", "IG video", "Reels", "Video", "Vídeo"; not "IG image", "IG carousel", "IG story", "Photo". */
export function isVideoType(type: string): boolean {
  const plain = type.normalize("NFD").replace(/\p{M}/gu, "");
  return /reel|video|live/i.test(plain);
}

/** A count, which has no decimals: "1,234" and "1.234" are 1234. Null when unknown. */
export function parseMetaCount(text: string): Result<number | null> {
  return parseCount(text, { mark: /^\s*\d{1,3}(\.\d{3})+\s*$/.test(text) ? "," : "." });
}
