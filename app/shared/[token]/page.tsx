import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { PlainShell } from "@/components/plain-shell";
import { StatementView } from "@/components/statement-view";
import { ButtonLink } from "@/components/ui/button";
import { dayName } from "@/lib/format";
import { localeFrom } from "@/lib/locale";
import { dayOf } from "@/lib/model/month";
import { STATEMENT_FORMATS } from "@/lib/model/statement";
import { findShared, openShared } from "@/lib/server/shares";
import { STATEMENT_FORMAT_LABEL } from "@/lib/server/statement-files";
import { rangeName } from "@/lib/statement-text";
import { UnlockForm } from "./unlock-form";

export const metadata: Metadata = { title: "Shared statement", robots: { index: false, follow: false } };

/** A statement for somebody without an account: the address is the key. */
export default async function SharedPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const found = await findShared(token);
  if (!found) notFound();
  if (!found.isOpen) {
    return (
      <PlainShell title="Passphrase" note="Whoever sent you this address has it.">
        <UnlockForm token={token} />
      </PlainShell>
    );
  }
  const statement = await openShared(found);
  const locale = localeFrom((await headers()).get("accept-language"));
  const { recordedAt, expiresAt, sha256 } = found.shared;
  const day = (at: Date) => dayName(dayOf(at.toISOString().slice(0, 10)), locale);
  return (
    <PlainShell
      wide
      title={`${statement.creator.name}, ${rangeName(statement, locale)}`}
      note={`Shared on ${day(recordedAt)}; this address works until ${day(expiresAt)}. It shows the figures as they were then.`}
      foot={<p className="max-w-5xl break-all">Checksum of the JSON file (SHA-256): {sha256}</p>}
    >
      <p className="mb-6 flex flex-wrap gap-2">
        {STATEMENT_FORMATS.map((format) => (
          <ButtonLink key={format} size="sm" href={`/shared/${token}/file?format=${format}`} download>
            {STATEMENT_FORMAT_LABEL[format]}
          </ButtonLink>
        ))}
      </p>
      <StatementView statement={statement} locale={locale} />
    </PlainShell>
  );
}
