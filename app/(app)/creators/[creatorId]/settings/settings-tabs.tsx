import { Tabs } from "@/components/ui/tabs";

export function SettingsTabs({ creatorId, at }: { creatorId: string; at: "creator" | "people" }) {
  const base = `/creators/${creatorId}/settings`;
  return (
    <Tabs
      label="Settings"
      className="mb-6"
      tabs={[
        { href: base, label: "Creator", current: at === "creator" },
        { href: `${base}/people`, label: "Who sees it", current: at === "people" },
      ]}
    />
  );
}
