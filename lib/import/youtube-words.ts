import { type Currency, currencyOf, isCurrency } from "../model/money";
import { columnsOf, isFootnote, normalise, type Row, type Table } from "./parse";

/**
 * The words YouTube Studio writes in its exports, by the column they name, in every language for which
 * they are known. Adding a language is adding words here.
 */
const WORDS = {
  id: [
    "Content",
    "Video",
    "Videos",
    "Conteúdo",
    "Contenido",
    "Contenu",
    "Contenuti",
    "コンテンツ",
    "동영상",
    "콘텐츠",
    "Konten",
    "Video ID",
    "External video ID",
  ],
  title: [
    "Video title",
    "Videotitel",
    "Título do vídeo",
    "Título del vídeo",
    "Título del video",
    "Titre de la vidéo",
    "Titolo video",
    "動画のタイトル",
    "동영상 제목",
    "Judul video",
  ],
  publishedAt: [
    "Video publish time",
    "Veröffentlichungszeitpunkt des Videos",
    "Horário de publicação do vídeo",
    "Hora de publicación del vídeo",
    "Hora de publicación del video",
    "Heure de publication de la vidéo",
    "Ora pubblicazione video",
    "動画公開時刻",
    "동영상 게시 시간",
    "Waktu publikasi video",
    "Время публикации видео",
  ],
  date: ["Date", "Datum", "Data", "Fecha", "日付", "Ngày", "날짜", "Tanggal", "Дата"],
  views: [
    "Views",
    "Aufrufe",
    "Visualizações",
    "Visualizaciones",
    "Vistas",
    "Vues",
    "Visualizzazioni",
    "視聴回数",
    "조회수",
    "Penayangan",
    "Số lượt xem",
    "Просмотры",
  ],
  engagedViews: ["Engaged views", "Vues intentionnelles", "Vues engagées", "エンゲージ ビュー"],
  watchHours: [
    "Watch time (hours)",
    "Wiedergabezeit (Stunden)",
    "Tempo de exibição (horas)",
    "Tiempo de visualización (horas)",
    "Tiempo de reproducción (horas)",
    "総再生時間（単位: 時間）",
    "시청 시간(단위: 시간)",
    "Waktu tonton (jam)",
    "Thời gian xem (giờ)",
  ],
  averageDuration: ["Average view duration", "Durchschnittliche Wiedergabedauer", "平均視聴時間"],
  dimension: [
    "Geography",
    "Geografie",
    "Geografia",
    "Geografía",
    "Zone géographique",
    "地域",
    "지역",
    "Country",
    "City",
    "Cities",
    "Traffic source",
    "Device type",
    "Operating system",
    "Viewer age",
    "Viewer gender",
    "Subscription status",
    "Playback location",
    "Content type",
    "Playlist",
    "Subtitles and CC",
    "Channel",
    "Channel title",
    "Revenue source",
  ],
  total: ["Total", "Gesamt", "合計", "합계", "Totale", "Tổng", "Итого"],
} as const;

export type YoutubeColumn = keyof typeof WORDS | "revenue";

/** Only these are what the channel is paid. Ad revenue before YouTube's share, Premium and AdSense parts are not. */
const REVENUE_WORDS = [
  "Estimated revenue",
  "Your estimated revenue",
  "Estimated partner revenue",
  "Geschätzter Umsatz",
  "Receita estimada",
  "Sua receita estimada",
  "Ingresos estimados",
  "Tus ingresos estimados",
  "推定収益",
  "추정 수익",
  "Doanh thu ước tính của đối tác",
];

const NAMES: ReadonlyMap<string, YoutubeColumn> = new Map(
  Object.entries(WORDS).flatMap(([column, words]) =>
    words.map((word) => [normalise(word), column as YoutubeColumn]),
  ),
);
const REVENUE = new Set(REVENUE_WORDS.map(normalise));

export type YoutubeColumns = {
  /** Position of each column that the table has once. */
  at: ReadonlyMap<YoutubeColumn, number>;
  /** Headers of columns that occur twice under one meaning. */
  twice: string[];
  /** From the brackets of the revenue header; null when it names none. */
  currency: Currency | null;
};

/** Which of YouTube's columns a table has, matched by header name alone. */
export function youtubeColumnsOf(table: Table): YoutubeColumns {
  const at = new Map<YoutubeColumn, number>();
  const twice: string[] = [];
  let currency: Currency | null = null;
  for (const [name, indexes] of columnsOf(table)) {
    const money = /^(.*?)\s*(?:[(（]([a-z]{3})[)）])?$/.exec(name);
    const isRevenue = REVENUE.has(money?.[1] ?? "");
    const column = isRevenue ? "revenue" : NAMES.get(name);
    const [index] = indexes;
    if (!column || index === undefined) continue;
    if (at.has(column) || indexes.length > 1) twice.push(table.header[index] ?? name);
    at.set(column, index);
    const code = money?.[2]?.toUpperCase() ?? "";
    if (isRevenue && isCurrency(code)) currency = currencyOf(code);
  }
  return { at, twice, currency };
}

/**
 * The rows of a table apart: YouTube's own total (first, unless someone sorted the table; it is not the sum of
 * the rows), the data, and the footnote left out. `key` is the position of the id, date or other dimension.
 */
export function partsOf(rows: readonly Row[], key: number): { totals: Row[]; data: Row[] } {
  const totals = rows.filter((row) => isTotal(row.cells[key]));
  const data = rows.filter((row) => !isTotal(row.cells[key]) && !isFootnote(row));
  return { totals, data };
}

function isTotal(cell = ""): boolean {
  return NAMES.get(normalise(cell)) === "total";
}
