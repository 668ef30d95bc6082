/**
 * The columns of the creator's affiliate orders of TikTok Shop that are read, in English and Thai, and what their
 * cells say. The other columns (price, rates, bases) explain these and are not money of their own.
 */
export const SHOP_WORDS = {
  order: ["Order ID", "หมายเลขคำสั่งซื้อ"],
  sku: ["SKU ID", "ID ของ SKU"],
  productName: ["Product name", "ชื่อสินค้า"],
  product: ["Product ID", "รหัสสินค้า"],
  sold: ["Items sold", "สินค้าที่ขายได้"],
  refunded: ["Items refunded", "สินค้าที่มีการคืนเงิน"],
  currency: ["Currency", "สกุลเงิน"],
  status: ["Order settlement status", "สถานะการชำระคำสั่งซื้อ"],
  contentType: ["Content Type", "ประเภทเนื้อหา"],
  content: ["Content ID", "รหัสเนื้อหา"],
  estimatedStandard: ["Est. standard commission", "ค่าคอมมิชชั่นมาตรฐานโดยประมาณ"],
  estimatedAds: ["Est. Shop Ads commission", "ค่าคอมมิชชั่นโฆษณาร้านค้าโดยประมาณ"],
  estimatedBonus: ["Est. Bonus", "โบนัสโดยประมาณ"],
  estimatedPartnerBonus: ["Est. Affiliate partner bonus", "โบนัสจากพาร์ทเนอร์แอฟฟิลิเอตโดยประมาณ"],
  isr: ["Tax - ISR", "ภาษี - ISR"],
  iva: ["Tax - IVA", "ภาษี - IVA"],
  pit: ["Tax - PIT", "ภาษี - PIT"],
  final: ["Total final earned amount", "ยอดรายได้รวมสุดท้าย"],
  ordered: ["Order date", "วันที่สั่งซื้อ"],
  settled: ["Commission settlement date", "วันที่ชำระเงินค่าคอมมิชชั่น"],
} as const;

export type ShopColumn = keyof typeof SHOP_WORDS;

/**
 * What the platform promises before an order is settled. The bonuses belong to it, since the final amount holds the
 * same four; taxes and what a partner gets do not.
 */
export const ESTIMATES = [
  "estimatedStandard",
  "estimatedAds",
  "estimatedBonus",
  "estimatedPartnerBonus",
] as const satisfies readonly ShopColumn[];

export const TAXES = [
  ["isr", "ISR"],
  ["iva", "IVA"],
  ["pit", "PIT"],
] as const satisfies readonly (readonly [ShopColumn, string])[];

export type SettlementStatus = "settled" | "pending" | "ineligible";

/**
 * By the words without spaces, in small letters. The English ones are of real files and of TikTok's own pages on
 * affiliate orders (seller-th.tiktok.com, knowledge 3562900820461313: unpaid, pending, settled, ineligible, frozen;
 * seller-us.tiktok.com, 6837836318361346: not settled, settled, refunded); the Thai ones are of public parsers.
 */
const STATUSES: ReadonlyMap<string, SettlementStatus> = new Map([
  ["settled", "settled"],
  ["ชำระแล้ว", "settled"],
  ["pending", "pending"],
  ["notsettled", "pending"],
  ["awaitingpayment", "pending"],
  ["customerunpaid", "pending"],
  ["frozen", "pending"],
  ["รอดำเนินการ", "pending"],
  ["ineligible", "ineligible"],
  ["refunded", "ineligible"],
  ["ไม่มีสิทธิ์", "ineligible"],
]);

export function settlementStatusOf(text: string): SettlementStatus | null {
  return STATUSES.get(text.replace(/\s/g, "").toLowerCase()) ?? null;
}

/** Only a video's id names a video; that of a LIVE or a showcase looks alike and names something else. */
export function isVideoContent(contentType: string): boolean {
  return ["video", "วิดีโอ"].includes(contentType.toLowerCase());
}
