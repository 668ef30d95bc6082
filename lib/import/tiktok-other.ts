import type { FileFormat } from "./format";
import { columnsOf, normalise, type Table } from "./parse";

const CREATOR_ORDERS =
  "take the orders of TikTok Shop's creator side instead (Affiliate, Orders, Export), which hold your commission by order";

/** Tables that tell nothing to import, by headers that occur together; the sentence says which one to take instead. */
const USELESS: readonly { all: readonly string[]; any?: readonly string[]; message: string }[] = [
  {
    all: ["Total Viewers", "New Viewers", "Returning Viewers"],
    message:
      "This is Viewers.csv of TikTok Studio, which counts people and not views; take Overview.csv for the views by day, or Content.csv for those by video.",
  },
  {
    all: ["Hour", "Active followers"],
    message:
      "This is FollowerActivity.csv of TikTok Studio, which tells at what hour followers are active and nothing about views or money; take FollowerHistory.csv and FollowerTopTerritories.csv of the same download.",
  },
  {
    all: ["Gender", "Distribution"],
    message:
      "This is FollowerGender.csv of TikTok Studio, and no rate depends on gender; take FollowerTopTerritories.csv of the same download, which tells the countries.",
  },
  {
    all: ["Creator Username"],
    any: [
      "Est. Commission Base",
      "Est. standard commission payment",
      "Actual Commission Payment",
      "Standard commission rate",
    ],
    message: `This is what a seller sees of the creators' orders, not what you earned; ${CREATOR_ORDERS}.`,
  },
  {
    all: ["Order ID", "Seller SKU"],
    message: `This is a seller's list of orders, which tells no commission; ${CREATOR_ORDERS}.`,
  },
  {
    all: ["Ad group name", "Cost"],
    message:
      "This is a report of TikTok Ads Manager, which tells what was spent and not what was earned; take Content.csv and Overview.csv of TikTok Studio for the views.",
  },
];

export const TIKTOK_OTHER: FileFormat = {
  id: "tiktok-other",
  label: "TikTok: another export",
  detect: (table) => messageFor(table) !== null,
  read: (table) => ({
    kind: "not_useful",
    message:
      messageFor(table) ??
      "This is no export of TikTok that is known; take Content.csv and Overview.csv of TikTok Studio.",
  }),
};

function messageFor(table: Table): string | null {
  const columns = columnsOf(table);
  const has = (header: string) => columns.has(normalise(header));
  const found = USELESS.find(({ all, any }) => all.every(has) && (any?.some(has) ?? true));
  return found?.message ?? null;
}
