"use client";

import {
  BadgeCheck,
  Bell,
  Building,
  CalendarCheck,
  ChartLine,
  Check,
  ChevronsUpDown,
  Clapperboard,
  Coins,
  Ellipsis,
  FileText,
  FileUp,
  Handshake,
  Landmark,
  LayoutDashboard,
  Link2,
  ListTodo,
  Mails,
  Percent,
  Plus,
  Radio,
  Settings,
  Target,
  Telescope,
  UserRoundCog,
  Users,
  Wallet,
} from "lucide";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Mark, Wordmark } from "./mark";
import { NavLink } from "./nav-link";
import type { Theme } from "./theme";
import { ThemeSwitch } from "./theme-switch";
import { buttonClass } from "./ui/button";
import { Icon } from "./ui/icon";
import { Menu } from "./ui/menu";
import { menuItemClass } from "./ui/menu-item";
import { Toaster } from "./ui/toast";

/** By name: as elements they would travel in every document, twice. */
const ICONS = {
  overview: LayoutDashboard,
  payouts: Wallet,
  videos: Clapperboard,
  views: ChartLine,
  projections: Telescope,
  goals: Target,
  calendar: CalendarCheck,
  eligibility: BadgeCheck,
  deals: Handshake,
  affiliate: Link2,
  receipts: Landmark,
  statements: FileText,
  channels: Radio,
  rates: Coins,
  imports: FileUp,
  settings: Settings,
  creators: Users,
  agencies: Building,
  commission: Percent,
  tasks: ListTodo,
  reminders: Mails,
  people: UserRoundCog,
} as const;

export type NavItem = {
  href: string;
  label: string;
  icon: keyof typeof ICONS;
  exact?: boolean;
  also?: readonly string[];
};

/** Entries that belong together; the group of every day needs no name. */
export type NavGroup = { name?: string; items: readonly NavItem[] };

/** A creator or an agency, and where its pages begin. */
type Whose = { id: string; name: string; href: string };

type AppShellProps = {
  children: ReactNode;
  /** In order of use: a phone shows the first three entries in its bar and the rest under "More". */
  nav: readonly NavGroup[];
  /** The one primary action, "Log payout"; null for a viewer who cannot write. */
  primary: { href: string; label: string } | null;
  /** Where alerts stand, and how many are new; null on pages that belong to no creator. */
  bell?: { href: string; unseen: number } | null;
  creators: readonly Whose[];
  agencies: readonly Whose[];
  /** the creator or agency whose page this is; null for none */
  hereId: string | null;
  /** Where a further creator is made; left out when that is not possible. */
  newCreatorHref?: string;
  userName: string;
  userEmail: string;
  settingsHref: string;
  theme: Theme;
  /** The form that signs out. Put one button with menuItemClass into it. */
  signOut: ReactNode;
  /** A strip above the page, e.g. that this is a sample. */
  banner?: ReactNode;
};

/** The frame of every signed-in page: navigation at the side, or at the bottom of a phone. Fetches nothing. */
export function AppShell(props: AppShellProps) {
  const { children, nav, primary, banner } = props;
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[14.5rem_minmax(0,1fr)] print:block">
      <SkipLink />
      <aside className="sticky top-0 hidden h-dvh flex-col gap-3 border-r border-line px-3 py-4 md:flex print:hidden">
        <div className="flex items-center justify-between">
          <Link href={"/" as Route} className="flex h-8 items-center rounded-md px-2">
            <Wordmark />
          </Link>
          <AlertBell {...props} />
        </div>
        <Switcher {...props} place="side" />
        {primary && (
          <Link href={primary.href as Route} className={buttonClass("primary")}>
            <Icon of={Plus} />
            {primary.label}
          </Link>
        )}
        <nav aria-label="Main" className="min-h-0 flex-1 overflow-y-auto">
          {nav.map(({ name, items }) => (
            <NavList
              key={name ?? ""}
              name={name}
              className="not-first:mt-2.5 tall:not-first:mt-4"
              label="hidden tall:block"
            >
              {items.map((item) => (
                <li key={item.href}>
                  <NavLink
                    href={item.href}
                    exact={item.exact}
                    also={item.also}
                    className="flex h-7.5 items-center gap-2.5 rounded-md px-2 text-sm text-muted hover:bg-sunken hover:text-ink tall:h-8 aria-[current]:bg-sunken aria-[current]:font-medium aria-[current]:text-ink [&_svg]:size-4 [&_svg]:shrink-0"
                  >
                    <Icon of={ICONS[item.icon]} />
                    {item.label}
                  </NavLink>
                </li>
              ))}
            </NavList>
          ))}
        </nav>
        <AccountMenu {...props} />
      </aside>

      <div className="flex min-w-0 flex-col pb-20 md:pb-0">
        <header className="flex h-14 items-center justify-between gap-3 border-b border-line px-4 md:hidden print:hidden">
          <Link href={"/" as Route} aria-label="Permille, overview" className="rounded-md">
            <Mark />
          </Link>
          <span className="flex min-w-0 items-center gap-1">
            <AlertBell {...props} />
            <Switcher {...props} place="top" />
          </span>
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-6xl flex-1 px-4 py-5 outline-none md:px-8 md:py-8"
        >
          {banner && <div className="mb-5">{banner}</div>}
          {children}
        </main>
      </div>

      <BottomBar {...props} />
      <Toaster />
    </div>
  );
}

/** The first thing the Tab key reaches: past the navigation, to the page. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-4 py-2 text-sm font-medium text-on-accent focus-visible:translate-y-0"
    >
      Skip to content
    </a>
  );
}

type NavListProps = { name: string | undefined; children: ReactNode; className?: string; label?: string };

/** One group of the navigation, under its name where there is room for it. */
function NavList({ name, children, className, label }: NavListProps) {
  return (
    <div className={className}>
      {name && <p className={`px-2 pb-1 text-xs text-muted ${label ?? ""}`}>{name}</p>}
      <ul aria-label={name}>{children}</ul>
    </div>
  );
}

/** What needs somebody: a bell with how many are new. */
function AlertBell({ bell }: AppShellProps) {
  if (!bell) return null;
  const { href, unseen } = bell;
  const shown = unseen > 99 ? "99+" : String(unseen);
  return (
    <Link
      href={href as Route}
      prefetch={false}
      aria-label={unseen === 0 ? "Alerts" : `Alerts, ${shown} new`}
      className="relative flex size-9 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink max-md:size-11"
    >
      <Icon of={Bell} className="size-4.5" />
      {unseen > 0 && (
        <span className="figures absolute top-0.5 right-0.5 flex h-4 min-w-4 items-center justify-center rounded-full bg-accent px-1 text-xs font-medium text-on-accent">
          {shown}
        </span>
      )}
    </Link>
  );
}

/** From one creator or agency to another. */
function Switcher({
  creators,
  agencies,
  hereId,
  newCreatorHref,
  place,
}: AppShellProps & { place: "side" | "top" }) {
  const all = [...creators, ...agencies];
  const current = all.find(({ id }) => id === hereId);
  if (all.length === 0) return null;
  if (all.length === 1 && current && !newCreatorHref)
    return <p className="truncate px-2 text-sm font-medium">{current.name}</p>;
  const kind = agencies.some(({ id }) => id === hereId) ? "Agency" : "Creator";
  return (
    <Menu
      name={`${kind}: ${current?.name ?? "none chosen"}. Change`}
      label={
        <>
          <span className="min-w-0 flex-1 truncate text-start">{current?.name ?? "Choose a creator"}</span>
          <Icon of={ChevronsUpDown} className="size-4 shrink-0 text-muted" />
        </>
      }
      className="flex h-9 max-w-52 items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-sm font-medium hover:bg-sunken max-md:h-11"
      align={place === "side" ? "start" : "end"}
      panelClassName="max-h-96 w-full overflow-y-auto"
    >
      <Choices among={creators} hereId={hereId} />
      {newCreatorHref && (
        <Link href={newCreatorHref as Route} className={`${menuItemClass} mt-1 text-muted`}>
          <Icon of={Plus} />
          New creator
        </Link>
      )}
      {agencies.length > 0 && (
        <div className="mt-1 border-t border-line pt-1">
          <p className="px-2.5 pt-1 text-xs text-muted">Agencies</p>
          <Choices among={agencies} hereId={hereId} />
        </div>
      )}
    </Menu>
  );
}

function Choices({ among, hereId }: { among: readonly Whose[]; hereId: string | null }) {
  return (
    <ul>
      {among.map(({ id, name, href }) => (
        <li key={id}>
          <Link
            href={href as Route}
            aria-current={id === hereId ? "true" : undefined}
            className={menuItemClass}
          >
            <span className="min-w-0 flex-1 truncate">{name}</span>
            {id === hereId && <Icon of={Check} className="size-4 text-accent" />}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function AccountMenu({ userName, userEmail, settingsHref, theme, signOut }: AppShellProps) {
  return (
    <div className="flex items-center justify-between gap-2 border-t border-line pt-3">
      <Menu
        side="above"
        name={`Account of ${userName}`}
        label={<span className="block max-w-24 truncate">{userName}</span>}
        className="flex h-9 items-center rounded-md px-2 text-sm text-muted hover:bg-sunken hover:text-ink"
      >
        <p className="max-w-64 truncate px-2.5 py-2 text-sm text-muted">{userEmail}</p>
        <Link href={settingsHref as Route} className={menuItemClass}>
          Your account
        </Link>
        {signOut}
      </Menu>
      <ThemeSwitch theme={theme} />
    </div>
  );
}

const BAR_ITEM =
  "flex h-full w-full flex-col items-center justify-center gap-0.5 text-xs text-muted aria-[current]:text-ink aria-[current]:font-medium [&_svg]:size-5";

function BottomBar({ nav, primary, userEmail, settingsHref, theme, signOut }: AppShellProps) {
  const [first, second, third] = nav.flatMap(({ items }) => items);
  const inBar = new Set([first, second, third]);
  const rest = nav
    .map(({ name, items }) => ({ name, items: items.filter((item) => !inBar.has(item)) }))
    .filter(({ items }) => items.length > 0);
  const entry = (item: NavItem | undefined) =>
    item && (
      <li className="h-full min-w-0 flex-1">
        <NavLink href={item.href} exact={item.exact} also={item.also} className={BAR_ITEM}>
          <Icon of={ICONS[item.icon]} />
          <span className="max-w-full truncate">{item.label}</span>
        </NavLink>
      </li>
    );
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden print:hidden"
    >
      <ul className="flex h-16 items-center">
        {entry(first)}
        {entry(second)}
        {primary && (
          <li className="px-1.5">
            <Link
              href={primary.href as Route}
              className="flex h-11 items-center gap-1.5 rounded-full bg-accent px-4 text-sm font-medium whitespace-nowrap text-on-accent"
            >
              <Icon of={Plus} className="size-5" />
              {primary.label}
            </Link>
          </li>
        )}
        {entry(third)}
        <li className="h-full flex-1 [&>details]:h-full">
          <Menu
            side="above"
            align="end"
            label={
              <>
                <Icon of={Ellipsis} />
                More
              </>
            }
            className={BAR_ITEM}
            panelClassName="right-2 max-h-[calc(100dvh-6rem)] w-84 max-w-[calc(100vw-1rem)] overflow-y-auto"
            lazy
          >
            <div className="grid grid-cols-2 gap-x-1 gap-y-2">
              {rest.map(({ name, items }) => (
                <NavList key={name ?? ""} name={name} className={name ? undefined : "col-span-2"}>
                  {items.map((item) => (
                    <li key={item.href}>
                      <NavLink
                        href={item.href}
                        exact={item.exact}
                        also={item.also}
                        className={`${menuItemClass} [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted`}
                      >
                        <Icon of={ICONS[item.icon]} />
                        {item.label}
                      </NavLink>
                    </li>
                  ))}
                </NavList>
              ))}
            </div>
            <div className="mt-1 border-t border-line pt-1">
              <p className="truncate px-2.5 py-2 text-sm text-muted">{userEmail}</p>
              <Link href={settingsHref as Route} className={menuItemClass}>
                Your account
              </Link>
              {signOut}
              <div className="px-2.5 py-2">
                <ThemeSwitch theme={theme} />
              </div>
            </div>
          </Menu>
        </li>
      </ul>
    </nav>
  );
}
