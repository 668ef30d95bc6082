import type { Metadata } from "next";
import { cookies } from "next/headers";
import { themeOf } from "@/components/theme";
import { ThemeSwitch } from "@/components/theme-switch";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { listSessions } from "@/db/auth";
import { LOCALES } from "@/lib/locale";
import { requireUser } from "@/lib/server/viewer";
import { browserOf, timeSince } from "./browser";
import { PasswordForm } from "./password-form";
import { ProfileForm } from "./profile-form";
import { SessionList } from "./session-list";

export const metadata: Metadata = { title: "Your account" };

export default async function SettingsPage() {
  const { viewer, user, sessionId } = await requireUser();
  const [sessions, jar] = await Promise.all([listSessions(viewer), cookies()]);
  const now = new Date();
  return (
    <>
      <PageHeader title="Your account" note={user.email} />
      <div className="grid max-w-2xl gap-6">
        <Card title="Profile">
          <ProfileForm profile={user} locales={LOCALES.map(({ code, label }) => ({ value: code, label }))} />
        </Card>
        <Card title="Colours" note="Kept in this browser.">
          <ThemeSwitch theme={themeOf(jar.get("theme")?.value)} />
        </Card>
        <Card title="Password" note="A change signs out every other browser.">
          <PasswordForm email={user.email} />
        </Card>
        <Card
          title="Where you are signed in"
          note="End what you do not know, then change the password."
          flush
        >
          <SessionList
            sessions={sessions.map(({ id, userAgent, createdAt, seenAt }) => ({
              id,
              browser: browserOf(userAgent),
              seen: id === sessionId ? "now" : timeSince(seenAt, now, user.locale),
              begun: timeSince(createdAt, now, user.locale),
              isCurrent: id === sessionId,
            }))}
          />
        </Card>
      </div>
    </>
  );
}
