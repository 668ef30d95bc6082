import { type Columns, findColumns, wordsFor } from "./columns";
import { firstRows, isFootnote, normalise, type Row, type Table } from "./parse";

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
    "Innehåll",
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
    "Publiceringstid för video",
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
    "Visningar",
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
    "Visningstid (timmar)",
  ],
  duration: ["Duration", "長さ", "Duração"],
  likes: ["Likes", "高評価数"],
  comments: ["Comments added"],
  shares: ["Shares", "共有数"],
  averageDuration: ["Average view duration", "Durchschnittliche Wiedergabedauer", "平均視聴時間"],
  geography: [
    "Geography",
    "Geografie",
    "Geografia",
    "Geografía",
    "Zone géographique",
    "地域",
    "지역",
    "Country",
  ],
  channel: ["Channel"],
  channelTitle: ["Channel title"],
  dimension: [
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
    "Revenue source",
  ],
  total: ["Total", "Gesamt", "合計", "합계", "Totale", "Totalt", "Tổng", "Итого"],
} as const;

/** Revenue is what the channel is paid; ad revenue before YouTube's share, Premium and AdSense parts are not. */
const REVENUE = [
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
] as const;

export type YoutubeColumn = keyof typeof WORDS | "revenue";
export type YoutubeColumns = Columns<YoutubeColumn>;

const NAMES = wordsFor<YoutubeColumn>({ ...WORDS, revenue: REVENUE });
const MONEY: ReadonlySet<YoutubeColumn> = new Set(["revenue"]);

/** Which of YouTube's columns a table has, matched by header name alone. */
export function youtubeColumnsOf(table: Table): YoutubeColumns {
  return findColumns(table, NAMES, MONEY);
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

/** Whether YouTube's own total is among the first rows. */
export function beginsWithTotal(table: Table, key: number): boolean {
  return firstRows(table).some((row) => isTotal(row.cells[key]));
}

function isTotal(cell = ""): boolean {
  return NAMES.get(normalise(cell)) === "total";
}

/** Under YouTube's own capitalised words; somebody's own table may have a date, a video and views too. */
export function isWrittenByYoutube(table: Table): boolean {
  return table.header.every((name) => name !== normalise(name) || !/[a-z]/.test(name));
}
