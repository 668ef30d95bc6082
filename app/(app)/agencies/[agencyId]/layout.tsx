import type { ReactNode } from "react";
import type { NavGroup } from "@/components/app-shell";
import { getAgency } from "@/lib/server/agency";
import { Frame } from "../../frame";

type AgencyLayoutProps = { children: ReactNode; params: Promise<{ agencyId: string }> };

/** Pages of one agency. Comfort, not a wall: every page and action asks again who is looking. */
export default async function AgencyLayout({ children, params }: AgencyLayoutProps) {
  const { id } = await getAgency((await params).agencyId);
  return (
    <Frame creatorId={null} agencyId={id} nav={navOf(`/agencies/${id}`)}>
      {children}
    </Frame>
  );
}

/** What is used every day first: a phone shows the first three in its bar. */
function navOf(base: string): NavGroup[] {
  return [
    {
      items: [
        { href: base, label: "Roster", icon: "creators", exact: true, also: [`${base}/compare`] },
        { href: `${base}/tasks`, label: "Tasks", icon: "tasks" },
        { href: `${base}/selection`, label: "Remind and tag", icon: "reminders" },
      ],
    },
    {
      name: "Money",
      items: [
        { href: `${base}/commission`, label: "Commission", icon: "commission" },
        { href: `${base}/statements`, label: "Statements", icon: "statements" },
        { href: `${base}/imports`, label: "Import for many", icon: "imports" },
      ],
    },
    {
      name: "The agency",
      items: [
        { href: `${base}/representations`, label: "Representations", icon: "deals" },
        { href: `${base}/people`, label: "People & teams", icon: "people" },
        { href: `${base}/settings`, label: "Settings", icon: "settings" },
      ],
    },
  ];
}
