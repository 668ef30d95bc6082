import { LogOut } from "lucide";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { AppShell, type NavGroup } from "@/components/app-shell";
import { themeOf } from "@/components/theme";
import { Icon } from "@/components/ui/icon";
import { menuItemClass } from "@/components/ui/menu-item";
import { listAgencies } from "@/lib/server/agency";
import { listAgenciesBeside, listCreators, listCreatorsBeside } from "@/lib/server/creator";
import { requireUser } from "@/lib/server/viewer";
import { signOutAction } from "../sign-out";

type FrameProps = {
  children: ReactNode;
  /** null on pages that belong to no creator */
  creatorId: string | null;
  /** of a page that belongs to an agency */
  agencyId?: string;
  nav: readonly NavGroup[];
  primary?: { href: string; label: string } | null;
  banner?: ReactNode;
  bell?: { href: string; unseen: number } | null;
};

/** The shell of every signed-in page, with what it shows of the viewer. */
export async function Frame({
  children,
  creatorId,
  agencyId,
  nav,
  primary = null,
  banner,
  bell = null,
}: FrameProps) {
  const { user } = await requireUser();
  const [creators, agencies, jar] = await Promise.all([
    creatorId === null ? listCreators() : listCreatorsBeside(creatorId),
    creatorId === null ? listAgencies() : listAgenciesBeside(creatorId),
    cookies(),
  ]);
  return (
    <AppShell
      nav={nav}
      primary={primary}
      creators={creators.map(({ id, name }) => ({ id, name, href: `/creators/${id}` }))}
      agencies={agencies.map(({ id, name }) => ({ id, name, href: `/agencies/${id}` }))}
      hereId={agencyId ?? creatorId}
      newCreatorHref="/creators/new"
      userName={user.name}
      userEmail={user.email}
      settingsHref="/settings"
      theme={themeOf(jar.get("theme")?.value)}
      signOut={<SignOut />}
      banner={banner}
      bell={bell}
    >
      {children}
    </AppShell>
  );
}

function SignOut() {
  return (
    <form action={signOutAction}>
      <button type="submit" className={menuItemClass}>
        <Icon of={LogOut} className="size-4 text-muted" />
        Sign out
      </button>
    </form>
  );
}
