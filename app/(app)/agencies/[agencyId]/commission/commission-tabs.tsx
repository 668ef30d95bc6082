import { Tabs } from "@/components/ui/tabs";
import { paths } from "@/lib/paths";

const PAGES = [
  { key: "owed", label: "Owed", href: paths.agencyCommission },
  { key: "ledger", label: "Ledger", href: paths.agencyCommissionLedger },
  { key: "payments", label: "Payments", href: paths.agencyCommissionPayments },
  { key: "terms", label: "Terms", href: paths.agencyCommissionTerms },
] as const;

type CommissionTabsProps = { agencyId: string; current: (typeof PAGES)[number]["key"] };

export function CommissionTabs({ agencyId, current }: CommissionTabsProps) {
  return (
    <Tabs
      label="Commission"
      className="mb-5"
      tabs={PAGES.map(({ key, label, href }) => ({ label, href: href(agencyId), current: key === current }))}
    />
  );
}
