import { Tabs } from "@/components/ui/tabs";
import { paths } from "@/lib/paths";

const PAGES = [
  { key: "months", label: "By month", href: paths.projectionsNow },
  { key: "accuracy", label: "Accuracy", href: paths.accuracy },
  { key: "explorer", label: "Explorer", href: paths.explorer },
  { key: "benchmarks", label: "Benchmarks", href: paths.benchmarks },
] as const;

type ProjectionTabsProps = { creatorId: string; current: (typeof PAGES)[number]["key"] };

/** What the model says, how well it did, what if, and what it starts from. */
export function ProjectionTabs({ creatorId, current }: ProjectionTabsProps) {
  return (
    <Tabs
      label="Projections"
      className="mb-5"
      tabs={PAGES.map(({ key, label, href }) => ({ label, href: href(creatorId), current: key === current }))}
    />
  );
}
