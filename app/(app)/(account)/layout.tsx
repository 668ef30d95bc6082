import { Settings, Users } from "lucide-react";
import type { ReactNode } from "react";
import { Frame } from "../frame";

const NAV = [
  { href: "/creators", label: "Creators", icon: <Users aria-hidden="true" /> },
  { href: "/settings", label: "Settings", icon: <Settings aria-hidden="true" /> },
];

/** Pages that belong to a person and to no creator. */
export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <Frame creatorId={null} nav={NAV}>
      {children}
    </Frame>
  );
}
