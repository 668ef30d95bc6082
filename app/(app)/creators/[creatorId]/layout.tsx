import type { ReactNode } from "react";
import type { NavGroup, NavItem } from "@/components/app-shell";
import { canManage, canWrite, type Shared, seesAll, seesFigures } from "@/lib/model/access";
import { countAsked, countUnseenAlerts, getCreator, getStanding } from "@/lib/server/creator";
import { requireUser } from "@/lib/server/viewer";
import { Frame } from "../../frame";
import { SampleBanner } from "./sample-banner";
import { SharedStrip } from "./shared-strip";

type CreatorLayoutProps = { children: ReactNode; params: Promise<{ creatorId: string }> };

/** Pages of one creator. Comfort, not a wall: every page and action asks again who is looking. */
export default async function CreatorLayout({ children, params }: CreatorLayoutProps) {
  const { creatorId } = await params;
  const [creator, unseen, asked, { shared }, { user }] = await Promise.all([
    getCreator(creatorId),
    countUnseenAlerts(creatorId),
    countAsked(creatorId),
    getStanding(creatorId),
    requireUser(),
  ]);
  const base = `/creators/${creator.id}`;
  return (
    <Frame
      creatorId={creator.id}
      nav={navOf(base, shared)}
      bell={seesAll(shared) ? { href: `${base}/alerts`, unseen: unseen + asked } : null}
      primary={canWrite(creator.role) ? { href: `${base}/payouts/new`, label: "Log payout" } : null}
      banner={
        <>
          {creator.isSample && <SampleBanner creatorId={creator.id} canRemove={canManage(creator.role)} />}
          {shared && (
            <SharedStrip
              name={creator.name}
              shared={shared}
              mayWrite={canWrite(creator.role)}
              locale={user.locale}
            />
          )}
        </>
      }
    >
      {children}
    </Frame>
  );
}

/** What is used every day first: a phone shows the first three in its bar. What a scope does not hold is left out. */
function navOf(base: string, shared: Shared | null): NavGroup[] {
  const groups: NavGroup[] = [
    {
      items: [
        { href: base, label: "Overview", icon: "overview", exact: true },
        {
          href: `${base}/payouts`,
          label: "Payouts",
          icon: "payouts",
          also: [`${base}/lives`, `${base}/tax`, `${base}/commission`],
        },
        { href: `${base}/videos`, label: "Videos", icon: "videos" },
        { href: `${base}/traffic`, label: "Views", icon: "views" },
      ],
    },
    {
      name: "Looking ahead",
      items: [
        {
          href: `${base}/projections`,
          label: "Projections",
          icon: "projections",
          also: [`${base}/events`],
        },
        { href: `${base}/goals`, label: "Goals", icon: "goals" },
        { href: `${base}/eligibility`, label: "Eligibility", icon: "eligibility" },
      ],
    },
    {
      name: "Partners and cash",
      items: [
        { href: `${base}/deals`, label: "Deals", icon: "deals" },
        { href: `${base}/affiliate`, label: "Affiliate", icon: "affiliate" },
        { href: `${base}/calendar`, label: "Payment calendar", icon: "calendar" },
        { href: `${base}/receipts`, label: "Receipts", icon: "receipts" },
        {
          href: `${base}/statements`,
          label: "Statements",
          icon: "statements",
          also: [`${base}/months`, `${base}/shares`],
        },
        { href: `${base}/notes`, label: "Notes and tasks", icon: "tasks" },
      ],
    },
    {
      name: "Set-up",
      items: [
        { href: `${base}/channels`, label: "Channels", icon: "channels" },
        { href: `${base}/imports`, label: "Imports", icon: "imports" },
        { href: `${base}/rates`, label: "Exchange rates", icon: "rates" },
        { href: `${base}/settings`, label: "Settings", icon: "settings" },
      ],
    },
  ];
  return groups
    .map((group) => ({ ...group, items: group.items.filter(({ icon }) => isShown(icon, shared)) }))
    .filter(({ items }) => items.length > 0);
}

/** As the pages say it themselves (open-creator.tsx). */
function isShown(icon: NavItem["icon"], shared: Shared | null): boolean {
  switch (icon) {
    case "videos":
    case "views":
    case "channels":
      return true;
    case "overview":
    case "payouts":
    case "projections":
      return seesFigures(shared);
    case "settings":
      return shared === null;
    default:
      return seesAll(shared);
  }
}
