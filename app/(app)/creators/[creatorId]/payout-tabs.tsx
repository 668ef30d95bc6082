import { Tabs } from "@/components/ui/tabs";
import { type Shared, seesAll } from "@/lib/model/access";
import { paths } from "@/lib/paths";

const PAGES = [
  { key: "payouts", label: "Payouts", href: paths.payouts },
  { key: "months", label: "By month", href: paths.payoutMonths },
  { key: "lives", label: "LIVE", href: paths.lives },
  { key: "terms", label: "Terms", href: paths.payoutTerms },
  { key: "commission", label: "Commission", href: paths.commission },
  { key: "tax", label: "Tax and year", href: paths.tax },
] as const;

type PageKey = (typeof PAGES)[number]["key"];

/** What a scope of some streams holds; the others are made of all of them. */
const OF_STREAMS: readonly PageKey[] = ["payouts", "months"];

type PayoutTabsProps = { creatorId: string; current: PageKey; shared?: Shared | null };

/** What was paid, how it came about, and what is owed of it. */
export function PayoutTabs({ creatorId, current, shared = null }: PayoutTabsProps) {
  const pages = PAGES.filter(({ key }) => seesAll(shared) || OF_STREAMS.includes(key));
  return (
    <Tabs
      label="Payouts"
      className="mb-5"
      tabs={pages.map(({ key, label, href }) => ({ label, href: href(creatorId), current: key === current }))}
    />
  );
}
