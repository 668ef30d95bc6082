import type { ReactNode } from "react";
import type { NavItem } from "@/components/app-shell";
import { Frame } from "../frame";

const NAV: readonly NavItem[] = [
  { href: "/creators", label: "Creators", icon: "creators" },
  { href: "/settings", label: "Settings", icon: "settings" },
];

/** Pages that belong to a person and to no creator. */
export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <Frame creatorId={null} nav={NAV}>
      {children}
    </Frame>
  );
}
