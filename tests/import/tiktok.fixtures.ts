import { utf8 } from "./fixtures";

/** Synthetic exports of TikTok with the quirks of real ones; no real account's figures. */

/** A video's id of an instant: the seconds in the upper 32 bits, as TikTok makes them. */
export function idOf(instant: string, rest = 0x1234abcd): string {
  return ((BigInt(Date.parse(instant)) / 1000n) * 2n ** 32n + BigInt(rest)).toString();
}

export function linkOf(id: string, user = "a.creator"): string {
  return `https://www.tiktok.com/@${user}/video/${id}`;
}

/** As TikTok Studio writes: a byte-order mark, every cell quoted, LF, no newline at the end. */
export function studioText(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n")}`;
}

export const SPRING = idOf("2026-04-12T12:00:00Z");
/** Posted on the 29th in the creator's zone, on the 30th in UTC. */
export const NIGHT = idOf("2026-05-30T02:00:00Z");
export const LEAP = idOf("2024-02-29T12:00:00Z");

export const CONTENT_HEADER = [
  "Time",
  "Video title",
  "Video link",
  "Post time",
  "Total likes",
  "Total comments",
  "Total shares",
  "Total views",
];
export const CONTENT_ROWS = [
  ["June 3", 'Spring, with "quotes"', linkOf(SPRING), "April 12", "120", "7", "3", "4000"],
  ["June 3", "", linkOf(NIGHT), "May 29", "50", "undefined", "0", "900"],
  ["June 3", "Leap day", linkOf(LEAP), "February 29", "1", "0", "0", "77"],
];
export const CONTENT = studioText([CONTENT_HEADER, ...CONTENT_ROWS]);

export const WIDE_CONTENT = studioText([
  [
    "Video title",
    "Video link",
    "Post time",
    "Total likes",
    "Total comments",
    "Total shares",
    "Total views",
    "Total play time",
    "Average watch time",
    "Watched full video",
    "Add to favorites",
  ],
  ["Spring", linkOf(SPRING), "April 12", "120", "7", "3", "4000", "80000", "20.0", "0.41", "9"],
]);

export const OVERVIEW_HEADER = ["Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares"];
export const OVERVIEW = studioText([
  OVERVIEW_HEADER,
  ["December 30", "undefined", "undefined", "undefined", "undefined", "undefined"],
  ["December 31", "100", "8", "10", "2", "1"],
  ["January 1", "200", "20", "-4", "-1", "0"],
  ["January 2", "0", "5", "0", "0", "0"],
]);

export const FOLLOWERS = studioText([
  ["Date", "Followers", "Difference in followers from previous day"],
  ["30 de diciembre", "undefined", "0"],
  ["31 de diciembre", "1200", "0"],
  ["1 de enero", "1195", "-5"],
]);

export const TERRITORIES = studioText([
  ["Top territories", "Distribution"],
  ["US", "0.125"],
  ["Alemania", "0.055"],
  ["MX", "0.2"],
  ["Others", "0.62"],
]);

export const VIEWERS = studioText([
  ["Date", "Total Viewers", "New Viewers", "Returning Viewers"],
  ["June 1", "80", "50", "30"],
]);
export const ACTIVITY = studioText([
  ["Date", "Hour", "Active followers"],
  ["June 1", "0", "12"],
]);
export const GENDER = studioText([
  ["Gender", "Distribution"],
  ["Male", "0.51"],
  ["Female", "0.49"],
]);

/** 18:19:10 UTC, as its id says to the second. */
export const BUSINESS_VIDEO = idOf("2025-10-31T18:19:10Z");
export const BUSINESS_VIDEOS = [
  "Video title,Video link,Post time,Video views,Likes,Comments,Shares,Add to Favorites",
  `Autumn,${linkOf(BUSINESS_VIDEO)},2025/10/31 18:19:10,5000,300,20,10,NAN`,
  `--,${linkOf(SPRING)},2026/04/12 12:00:00,4000,NAN,--,3,9`,
].join("\n");
export const ITALIAN_VIDEOS = [
  "Descrizione video,Collegamento,Data di pubblicazione del video,Visualizzazioni video,Mi piace,Commenti,Condivisioni",
  `Autunno,${linkOf(BUSINESS_VIDEO)},2025/10/31 18:19:10,5000,300,20,10`,
].join("\n");
export const BUSINESS_DAYS = [
  "Date,Video views,Reached audience,Profile views,Likes,Shares,Comments,Phone number clicks ,Leads submission,Net growth,New followers,Lost followers",
  "2025/10/31,1500,900,40,30,2,5,0,0,3,5,2",
  "2025/11/01,NAN,NAN,NAN,NAN,NAN,NAN,NAN,NAN,NAN,NAN,NAN",
  "2025/11/02,1600,910,41,31,3,6,0,0,4,5,1",
].join("\n");
export const BUSINESS_AUDIENCE = [
  "Date,New followers,Total followers,Reached audience,Engaged audience",
  "2025/10/31,5,12000,900,80",
  "2025/11/01,--,NAN,--,NAN",
].join("\n");

/** The 45 columns, in the order TikTok writes them: English, then Thai. */
const SHOP_COLUMNS: readonly (readonly [english: string, thai: string])[] = [
  ["Order ID", "หมายเลขคำสั่งซื้อ"],
  ["SKU ID", "ID ของ SKU"],
  ["Product name", "ชื่อสินค้า"],
  ["Product ID", "รหัสสินค้า"],
  ["Price", "ราคา"],
  ["Items sold", "สินค้าที่ขายได้"],
  ["Items refunded", "สินค้าที่มีการคืนเงิน"],
  ["Shop name", "ชื่อร้านค้า"],
  ["Shop code", "รหัสร้านค้า"],
  ["Affiliate partner", "พาร์ทเนอร์แอฟฟิลิเอต"],
  ["Agency", "เอเจนซี่"],
  ["Currency", "สกุลเงิน"],
  ["Order type", "ประเภทคำสั่งซื้อ"],
  ["Order settlement status", "สถานะการชำระคำสั่งซื้อ"],
  ["Indirect", "โดยอ้อม"],
  ["Commission type", "ประเภทค่าคอมมิชชั่น"],
  ["Content Type", "ประเภทเนื้อหา"],
  ["Content ID", "รหัสเนื้อหา"],
  ["Standard", "มาตรฐาน"],
  ["Shop ads", "โฆษณาร้านค้า"],
  ["TikTok bonus", "โบนัส TikTok"],
  ["Partner bonus", "โบนัสจากพาร์ทเนอร์"],
  ["Revenue sharing portion", "สัดส่วนการแบ่งรายได้"],
  ["GMV", "GMV"],
  ["Est. commission base", "ฐานค่าคอมมิชชั่นโดยประมาณ"],
  ["Est. standard commission", "ค่าคอมมิชชั่นมาตรฐานโดยประมาณ"],
  ["Est. Shop Ads commission", "ค่าคอมมิชชั่นโฆษณาร้านค้าโดยประมาณ"],
  ["Est. Bonus", "โบนัสโดยประมาณ"],
  ["Est. Affiliate partner bonus", "โบนัสจากพาร์ทเนอร์แอฟฟิลิเอตโดยประมาณ"],
  ["Est. IVA", "IVA โดยประมาณ"],
  ["Est. ISR", "ISR โดยประมาณ"],
  ["Est. PIT", "PIT โดยประมาณ"],
  ["Est. revenue sharing portion", "สัดส่วนการแบ่งรายได้โดยประมาณ"],
  ["Actual commission base", "ฐานค่าคอมมิชชั่นตามจริง"],
  ["Standard commission", "ค่าคอมมิชชั่นมาตรฐาน"],
  ["Shop Ads commission", "ค่าคอมมิชชั่นโฆษณาร้านค้า"],
  ["Bonus", "โบนัส"],
  ["Affiliate partner bonus", "โบนัสจากพาร์ทเนอร์แอฟฟิลิเอต"],
  ["Tax - ISR", "ภาษี - ISR"],
  ["Tax - IVA", "ภาษี - IVA"],
  ["Tax - PIT", "ภาษี - PIT"],
  ["Shared with partner", "แบ่งกับพาร์ทเนอร์"],
  ["Total final earned amount", "ยอดรายได้รวมสุดท้าย"],
  ["Order date", "วันที่สั่งซื้อ"],
  ["Commission settlement date", "วันที่ชำระเงินค่าคอมมิชชั่น"],
];
export const SHOP_HEADER = SHOP_COLUMNS.map(([english]) => english);
export const SHOP_HEADER_THAI = SHOP_COLUMNS.map(([, thai]) => thai);

/** An order as TikTok writes one: all text, "/" where there is nothing. By the English names of the columns. */
export function shopRow(told: Readonly<Record<string, string>>): string[] {
  const usual: Readonly<Record<string, string>> = {
    "Order ID": "576000000000000001",
    "SKU ID": "1729000000000000001",
    "Product name": "Lamp, warm light",
    "Product ID": "1729000000000000009",
    "Items sold": "1",
    "Items refunded": "0",
    Currency: "USD",
    "Order type": "Affiliate order",
    "Content Type": "Video",
    "Content ID": SPRING,
    Standard: "12.5%",
    "Order date": "08/03/2026 14:05:09",
  };
  return SHOP_HEADER.map((name) => told[name] ?? usual[name] ?? "/");
}

export const SETTLED = shopRow({
  "Order settlement status": "Settled",
  GMV: "9,510",
  "Est. standard commission": "1,188.75",
  "Est. Shop Ads commission": "10.00",
  "Est. Bonus": "1.25",
  "Tax - ISR": "11.80",
  "Total final earned amount": "1,180.00",
  "Commission settlement date": "02/04/2026 00:00:00",
});
export const PENDING = shopRow({
  "Order ID": "576000000000000002",
  "Order settlement status": "Pending",
  "Est. standard commission": "2.50",
  "Est. Shop Ads commission": "0.30",
  "Est. Bonus": "0.20",
  "Content Type": "LIVE",
  "Content ID": NIGHT,
});
export const INELIGIBLE = shopRow({
  "Order ID": "576000000000000003",
  "Order settlement status": "Ineligible",
  "Items sold": "2",
  "Items refunded": "2",
  "Est. standard commission": "4.00",
  "Content Type": "Showcase",
  "Content ID": "/",
});
export const SHOP = studioText([SHOP_HEADER, SETTLED, PENDING, INELIGIBLE]);
export const SELLER_SIDE = studioText([
  [
    "Order ID",
    "Creator Username",
    "Standard commission rate",
    "Est. Commission Base",
    "Est. standard commission payment",
    "Actual Commission Payment",
    "Time Created",
  ],
  ["576000000000000001", "a.creator", "12.5%", "100", "12.5", "12.5", "08/03/2026"],
]);

export const LIVE_HEADER = [
  "Data period",
  "Creator ID",
  "Creator's username",
  "Diamonds",
  "LIVE duration",
  "Valid go LIVE days",
  "Diamonds last month",
];
export const LIVE = studioText([
  LIVE_HEADER,
  ["2026-05-01 ~ 2026-05-15", "7359000000000000001", "a.creator", "1,234,567", "119h 47m 31s", "21d", "900"],
  ["2026-05-01 ~ 2026-05-15", "7359000000000000002", "b.creator", "1,000", "3h 0m 0s", "2d", "0"],
]);

export const DOWNLOAD = [
  "Date,Link,Likes,Title",
  `2026-04-12 12:00:00,https://www.tiktokv.com/share/video/${SPRING}/,120,"Spring, again"`,
  `2024-02-29 12:00:00,${linkOf(LEAP)},1,`,
].join("\n");

/** What every damaged file begins from. */
export const SEEDS: readonly { name: string; bytes: Uint8Array }[] = Object.entries({
  CONTENT,
  WIDE_CONTENT,
  OVERVIEW,
  FOLLOWERS,
  TERRITORIES,
  VIEWERS,
  ACTIVITY,
  GENDER,
  BUSINESS_VIDEOS,
  ITALIAN_VIDEOS,
  BUSINESS_DAYS,
  BUSINESS_AUDIENCE,
  SHOP,
  SELLER_SIDE,
  LIVE,
  DOWNLOAD,
}).map(([name, text]) => ({ name: `TikTok ${name}`, bytes: utf8(text) }));
