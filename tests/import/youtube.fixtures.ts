import { contentText, csvText, utf8 } from "./fixtures";

/** Synthetic exports of YouTube Studio; the words are those of real exports, the figures are invented. */

/** What YouTube calls its columns, by language of the account; a blank is a word that is not known. */
export const LANGUAGES = [
  {
    language: "English",
    date: "Date",
    id: "Content",
    title: "Video title",
    published: "Video publish time",
    views: "Views",
    hours: "Watch time (hours)",
    revenue: "Estimated revenue (USD)",
    total: "Total",
    footer: "Showing top 500 results",
  },
  {
    language: "English, older",
    date: "Date",
    id: "Video",
    title: "Video title",
    published: "Video publish time",
    views: "Views",
    hours: "Watch time (hours)",
    revenue: "Your estimated revenue (USD)",
    total: "Total",
    footer: "Showing top 500 results",
  },
  {
    language: "German",
    date: "Datum",
    id: "Videos",
    title: "Video\u00ADtitel",
    published: "Veröffentlichungs\u00ADzeitpunkt des Videos",
    views: "Aufrufe",
    hours: "Wiedergabe\u00ADzeit (Stunden)",
    revenue: "Geschätzter Umsatz (USD)",
    total: "Ge\u00ADsamt",
    footer: "Die 500 besten Ergeb\u00ADnisse werden angezeigt",
  },
  {
    language: "Portuguese",
    date: "Data",
    id: "Conteúdo",
    title: "Título do vídeo",
    published: "Horário de publicação do vídeo",
    views: "Visualizações",
    hours: "Tempo de exibição (horas)",
    revenue: "Receita estimada (USD)",
    total: "Total",
    footer: "Mostrando os primeiros 500 resultados",
  },
  {
    language: "Portuguese, paid in reais",
    date: "Data",
    id: "Conteúdo",
    title: "Título do vídeo",
    published: "Horário de publicação do vídeo",
    views: "Visualizações",
    hours: "Tempo de exibição (horas)",
    revenue: "Sua receita estimada (BRL)",
    total: "Total",
    footer: "Mostrando os primeiros 500 resultados",
  },
  {
    language: "Spanish of Spain",
    date: "Fecha",
    id: "Contenido",
    title: "Título del vídeo",
    published: "Hora de publicación del vídeo",
    views: "Visualizaciones",
    hours: "Tiempo de visualización (horas)",
    revenue: "Ingresos estimados (USD)",
    total: "Total",
    footer: "",
  },
  {
    language: "Spanish of Latin America",
    date: "Fecha",
    id: "Contenido",
    title: "Título del video",
    published: "Hora de publicación del video",
    views: "Vistas",
    hours: "Tiempo de reproducción (horas)",
    revenue: "Tus ingresos estimados (USD)",
    total: "Total",
    footer: "",
  },
  {
    language: "French",
    date: "Date",
    id: "Contenu",
    title: "Titre de la vidéo",
    published: "Heure de publication de la vidéo",
    views: "Vues",
    hours: "",
    revenue: "",
    total: "Total",
    footer: "",
  },
  {
    language: "Italian",
    date: "Data",
    id: "Contenuti",
    title: "Titolo video",
    published: "Ora pubblicazione video",
    views: "Visualizzazioni",
    hours: "",
    revenue: "",
    total: "Totale",
    footer: "",
  },
  {
    language: "Japanese",
    date: "日付",
    id: "コンテンツ",
    title: "動画のタイトル",
    published: "動画公開時刻",
    views: "視聴回数",
    hours: "総再生時間（単位: 時間）",
    revenue: "推定収益 (JPY)",
    total: "合計",
    footer: "",
  },
  {
    language: "Korean",
    date: "날짜",
    id: "동영상",
    title: "동영상 제목",
    published: "동영상 게시 시간",
    views: "조회수",
    hours: "시청 시간(단위: 시간)",
    revenue: "추정 수익 (USD)",
    total: "합계",
    footer: "",
  },
  {
    language: "Indonesian",
    date: "Tanggal",
    id: "Konten",
    title: "Judul video",
    published: "Waktu publikasi video",
    views: "Penayangan",
    hours: "Waktu tonton (jam)",
    revenue: "",
    total: "Total",
    footer: "",
  },
  {
    language: "Vietnamese, of a network",
    date: "Ngày",
    id: "Video",
    title: "",
    published: "",
    views: "Số lượt xem",
    hours: "Thời gian xem (giờ)",
    revenue: "Doanh thu ước tính của đối tác (USD)",
    total: "Tổng",
    footer: "",
  },
  {
    language: "Russian",
    date: "Дата",
    id: "Видео",
    title: "",
    published: "Время публикации видео",
    views: "Просмотры",
    hours: "",
    revenue: "",
    total: "Итого",
    footer: "",
  },
  {
    language: "Swedish",
    date: "Datum",
    id: "Innehåll",
    title: "Videotitel",
    published: "Publiceringstid för video",
    views: "Visningar",
    hours: "Visningstid (timmar)",
    revenue: "",
    total: "Totalt",
    footer: "",
  },
] as const;
export type Words = (typeof LANGUAGES)[number];

/** A table of the columns that are known in a language. */
export function localTable(columns: readonly (readonly [string, readonly string[]])[]): string {
  const known = columns.filter(([header]) => header !== "");
  const length = known[0]?.[1].length ?? 0;
  const rows = Array.from({ length }, (_, row) => known.map(([, cells]) => cells[row] ?? ""));
  return csvText([known.map(([header]) => header), ...rows]);
}

/** All 28 columns that a Japanese account was seen to export. */
export const JAPANESE_HEADER =
  "コンテンツ,動画のタイトル,動画公開時刻,長さ,エンゲージ ビュー,平均視聴時間,平均視聴率 (%),YouTube Premium (JPY),動画再生ページの広告 (JPY),推定 DoubleClick 収益 (JPY),推定 AdSense 収益 (JPY),YouTube 広告収益 (JPY),広告の表示回数,再生回数に基づく CPM (JPY),CPM (JPY),RPM (JPY),収益化対象の推定再生回数,YouTube Premium の視聴回数,YouTube Premium 総再生時間（単位: 時間）,終了画面要素のクリック数,終了画面要素の表示回数,終了画面要素のクリック率 (%),視聴回数,総再生時間（単位: 時間）,チャンネル登録者,推定収益 (JPY),インプレッション数,インプレッションのクリック率 (%)";
export const JAPANESE_ROW =
  'aaaaaaaaaa1,題名,"May 8, 2020",61,900,0:00:40,104.5,30.1,20.2,10.3,580.4,900.9,4000,300,250,120.5,700,50,1.5,3,40,7.5,1000,11.5,-2,550.4,30000,3.3';

export const OLDER_HEADER = [
  "Vi\u00ADdeo",
  "Video title",
  "Video publish time",
  "Com\u00ADments added",
  "Sha\u00ADres",
  "Dislikes",
  "Likes",
  "Subscribers lost",
  "Subscribers gained",
  "RPM (USD)",
  "CPM (USD)",
  "Average percentage viewed (%)",
  "Average view duration",
  "Views",
  "Watch time (hours)",
  "Subscribers",
  "Your esti\u00ADmated revenue (USD)",
  "Impressions",
  "Impressions click-through rate (%)",
];

export const OLDER_ROW =
  "aaaaaaaaaa1,T,12-Dec-23,5,6,1,70,2,9,3.1,4.1,104,0:01:00,900,10,7,1.25,5000,2.5".split(",");

export const GEOGRAPHY = csvText([
  ["Geography", "Views", "Average view duration", "Watch time (hours)"],
  ["Total", "1000", "0:04:34", "70"],
  ["US", "300", "0:05:42", "30"],
  ["CA", "100", "0:05:42", "10"],
  ["DE", "150", "0:05:42", "10"],
  ["IN", "250", "0:03:08", "10"],
  ["XK", "100", "0:03:08", "5"],
  ["VG", "0", "", "0"],
]);

export const NETWORK = csvText([
  [
    "Channel",
    "Channel title",
    "Engaged views",
    "Views",
    "Watch time (hours)",
    "Average view duration",
    "Estimated partner revenue (USD)",
  ],
  ["Total", "", "800", "1000", "20", "0:01:12", "3.505"],
  ["UCaaaaaaaaaaaaaaaaaaaaaa", "Tin whistle", "500", "600", "12.5", "0:01:15", "2.005"],
  ["UCbbbbbbbbbbbbbbbbbbbbbb", "Bread", "300", "400", "7.5", "0:01:07", "1.500"],
]);

export const TOTALS = csvText([
  ["Date", "Views"],
  ["2024-01-01", "0"],
  ["2024-01-02", "37509"],
]);

export const SEEDS = [
  { name: "table of videos", text: contentText() },
  { name: "older table of videos", text: csvText([OLDER_HEADER, OLDER_ROW]) },
  { name: "table of videos, Japanese", text: `${JAPANESE_HEADER}\n${JAPANESE_ROW}\n` },
  {
    name: "table of days",
    text: csvText([
      ["Date", "Views", "Likes", "Estimated revenue (USD)"],
      ["Total", "9", "1", "3"],
      ["2024-03-02", "5", "-1", "1.005"],
      ["2024-03-01", "4", "2", ""],
    ]),
  },
  { name: "totals", text: TOTALS },
  { name: "countries", text: GEOGRAPHY },
  { name: "channels of a network", bytes: utf8(`\uFEFF${NETWORK.replaceAll("\n", "\r\n")}`) },
];
