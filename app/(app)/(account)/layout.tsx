import type { ReactNode } from "react";
import type { NavGroup } from "@/components/app-shell";
import { Frame } from "../frame";

const NAV: readonly NavGroup[] = [
  {
    items: [
      { href: "/creators", label: "Creators", icon: "creators" },
      { href: "/agencies", label: "Agencies", icon: "agencies" },
      { href: "/settings", label: "Your account", icon: "settings" },
    ],
  },
];

/** Pages that belong to a person and to no creator. */
export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <Frame creatorId={null} nav={NAV}>
      {children}
    </Frame>
  );
}
