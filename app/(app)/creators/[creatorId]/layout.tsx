import type { ReactNode } from "react";
import type { NavGroup } from "@/components/app-shell";
import { canManage, canWrite } from "@/lib/model/access";
import { countUnseenAlerts, getCreator } from "@/lib/server/creator";
import { Frame } from "../../frame";
import { SampleBanner } from "./sample-banner";

type CreatorLayoutProps = { children: ReactNode; params: Promise<{ creatorId: string }> };

/** Pages of one creator. Comfort, not a wall: every page and action asks again who is looking. */
export default async function CreatorLayout({ children, params }: CreatorLayoutProps) {
  const { creatorId } = await params;
  const [creator, unseen] = await Promise.all([getCreator(creatorId), countUnseenAlerts(creatorId)]);
  const base = `/creators/${creator.id}`;
  return (
    <Frame
      creatorId={creator.id}
      nav={navOf(base)}
      bell={{ href: `${base}/alerts`, unseen }}
      primary={canWrite(creator.role) ? { href: `${base}/payouts/new`, label: "Log payout" } : null}
      banner={creator.isSample && <SampleBanner creatorId={creator.id} canRemove={canManage(creator.role)} />}
    >
      {children}
    </Frame>
  );
}

/** What is used every day first: a phone shows the first three in its bar. */
function navOf(base: string): NavGroup[] {
  return [
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
}
