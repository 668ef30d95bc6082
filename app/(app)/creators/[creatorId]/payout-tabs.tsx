import { Tabs } from "@/components/ui/tabs";
import { paths } from "@/lib/paths";

const PAGES = [
  { key: "payouts", label: "Payouts", href: paths.payouts },
  { key: "months", label: "By month", href: paths.payoutMonths },
  { key: "lives", label: "LIVE", href: paths.lives },
  { key: "terms", label: "Terms", href: paths.payoutTerms },
  { key: "commission", label: "Commission", href: paths.commission },
  { key: "tax", label: "Tax and year", href: paths.tax },
] as const;

type PayoutTabsProps = { creatorId: string; current: (typeof PAGES)[number]["key"] };

/** What was paid, how it came about, and what is owed of it. */
export function PayoutTabs({ creatorId, current }: PayoutTabsProps) {
  return (
    <Tabs
      label="Payouts"
      className="mb-5"
      tabs={PAGES.map(({ key, label, href }) => ({ label, href: href(creatorId), current: key === current }))}
    />
  );
}
