import {
  ChartLine,
  Clapperboard,
  Coins,
  FileUp,
  Landmark,
  LayoutDashboard,
  Radio,
  Settings,
  Wallet,
} from "lucide-react";
import type { ReactNode } from "react";
import { canManage, canWrite } from "@/lib/model/access";
import { getCreator } from "@/lib/server/creator";
import { Frame } from "../../frame";
import { SampleBanner } from "./sample-banner";

type CreatorLayoutProps = { children: ReactNode; params: Promise<{ creatorId: string }> };

/** Pages of one creator. Comfort, not a wall: every page and action asks again who is looking. */
export default async function CreatorLayout({ children, params }: CreatorLayoutProps) {
  const creator = await getCreator((await params).creatorId);
  const base = `/creators/${creator.id}`;
  return (
    <Frame
      creatorId={creator.id}
      nav={navOf(base)}
      primary={canWrite(creator.role) ? { href: `${base}/payouts/new`, label: "Log payout" } : null}
      banner={creator.isSample && <SampleBanner creatorId={creator.id} canRemove={canManage(creator.role)} />}
    >
      {children}
    </Frame>
  );
}

/** In order of use: a phone shows the first three in its bar. */
function navOf(base: string) {
  return [
    { href: base, label: "Overview", icon: <LayoutDashboard aria-hidden="true" />, exact: true },
    { href: `${base}/payouts`, label: "Payouts", icon: <Wallet aria-hidden="true" /> },
    { href: `${base}/videos`, label: "Videos", icon: <Clapperboard aria-hidden="true" /> },
    { href: `${base}/traffic`, label: "Views", icon: <ChartLine aria-hidden="true" /> },
    { href: `${base}/receipts`, label: "Receipts", icon: <Landmark aria-hidden="true" /> },
    { href: `${base}/channels`, label: "Channels", icon: <Radio aria-hidden="true" /> },
    { href: `${base}/rates`, label: "Exchange rates", icon: <Coins aria-hidden="true" /> },
    { href: `${base}/imports`, label: "Imports", icon: <FileUp aria-hidden="true" /> },
    { href: `${base}/settings`, label: "Settings", icon: <Settings aria-hidden="true" /> },
  ];
}
