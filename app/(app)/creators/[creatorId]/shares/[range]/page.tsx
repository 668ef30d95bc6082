import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import * as shares from "@/db/shares";
import { AppError } from "@/lib/errors";
import { count, dayName, instant } from "@/lib/format";
import { canManage } from "@/lib/model/access";
import { rangeText, readRange } from "@/lib/model/statement";
import { paths } from "@/lib/paths";
import { partsOf, SHARED_PART_LABEL, type SharedPart } from "@/lib/report/shared-part";
import { address } from "@/lib/server/mail";
import { creatorLinkOf } from "@/lib/server/secrets";
import { tellStatement } from "@/lib/server/statements";
import { rangeName } from "@/lib/statement-text";
import { openCreator } from "../../open-creator";
import { orRefused, Refused } from "../../statement-refused";
import { ShareForm } from "./share-form";
import { ShareList } from "./share-list";

export const metadata: Metadata = { title: "Share a statement" };

type SharesPageProps = { params: Promise<{ creatorId: string; range: string }> };

/** Secret addresses that show a statement to people without an account. */
export default async function SharesPage({ params }: SharesPageProps) {
  const { creatorId, range: asked } = await params;
  const { viewer, creator, locale, notShared } = await openCreator(creatorId, "all", "Share a statement");
  if (notShared) return notShared;
  const range = readRange(decodeURIComponent(asked));
  if (!range) notFound();
  const text = rangeText(range);
  const name = rangeName({ range }, locale);
  const head = (
    <PageHeader
      title={`Share ${name}`}
      note="A secret address shows the statement to somebody without an account, as it is now: what changes later does not change it."
      crumbs={[
        { href: paths.statements(creator.id), label: "Statements" },
        { href: paths.statement(creator.id, text), label: name },
      ]}
    />
  );
  if (!canManage(creator.role)) {
    return (
      <>
        {head}
        <Notice title="Owners share statements">
          Whoever has the address sees the figures, so only an owner makes one. Ask an owner of {creator.name}
          .
        </Notice>
      </>
    );
  }
  const told = await orRefused(
    Promise.all([tellStatement(viewer, creator.id, range), shares.list(viewer, creator.id)]),
  );
  if (told instanceof AppError) return <Refused error={told} />;
  const [{ statement, closing }, made] = told;
  return (
    <>
      {head}
      <div className="grid gap-6">
        {!closing && (
          <Notice tone="warn" title={`${name} is not closed`}>
            The address shows the figures of today. Close the month first if they should be its last word.
          </Notice>
        )}
        <Card
          title="Make an address"
          note="Only what is chosen here is in what it shows and hands out as files."
        >
          <ShareForm
            creatorId={creator.id}
            range={text}
            initialId={randomUUID()}
            parts={partsOf(statement).map((part) => ({ part, label: SHARED_PART_LABEL[part] }))}
          />
        </Card>
        {made.length > 0 && (
          <Card title="Addresses" note="Of every statement of this creator, newest first.">
            <ShareList
              creatorId={creator.id}
              shares={made.map((share) => ({
                id: share.id,
                name: [nameOfRange(share.range, locale), share.label && `for ${share.label}`]
                  .filter(Boolean)
                  .join(", "),
                facts: factsOf(share, locale, creator.timeZone),
                parts: share.sections.map((part) => SHARED_PART_LABEL[part as SharedPart] ?? part),
                url:
                  share.revokedAt || share.hasExpired
                    ? null
                    : address(paths.shared(creatorLinkOf("share", creator.id, share.id).token)),
              }))}
            />
          </Card>
        )}
      </div>
    </>
  );
}

function nameOfRange(text: string, locale: string): string {
  const range = readRange(text);
  return range ? rangeName({ range }, locale) : text;
}

function factsOf(share: shares.Share, locale: string, zone: string): string {
  const { statementId, hasPassphrase, revokedAt, hasExpired, expiresAt, opens, lastOpenedOn } = share;
  const until = revokedAt
    ? `Revoked ${instant(revokedAt, locale, zone)}.`
    : `${hasExpired ? "Ended" : "Works until"} ${instant(expiresAt, locale, zone)}${hasPassphrase ? ", with a passphrase" : ""}.`;
  const opened =
    lastOpenedOn === null
      ? "Not opened yet."
      : `Opened ${opens === 1 ? "once" : `${count(opens, locale)} times`}, last on ${dayName(lastOpenedOn, locale)}.`;
  return `${until} ${opened} ${statementId ? "Of the closed statement." : "As of when it was made."}`;
}
