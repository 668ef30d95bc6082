import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import * as months from "@/db/months";
import { AppError } from "@/lib/errors";
import { instant, monthName } from "@/lib/format";
import { canManage } from "@/lib/model/access";
import { isMonth, monthOf } from "@/lib/model/month";
import { paths } from "@/lib/paths";
import { remarkWords } from "@/lib/review";
import { changesBetween } from "@/lib/server/closing";
import { getStanding } from "@/lib/server/creator";
import { readReview } from "@/lib/server/review";
import { openCreator } from "../../open-creator";
import { peopleOf } from "../../people";
import { orRefused, Refused } from "../../statement-refused";
import { CloseForm, ReopenForm } from "../close-form";
import { ClosingHistory } from "../closing-history";
import { ReviewList } from "../review-list";

export const metadata: Metadata = { title: "Close a month" };

type MonthPageProps = { params: Promise<{ creatorId: string; month: string }> };

/** A month before it is closed: what to look at; and afterwards: what was kept of it, and every closing since. */
export default async function MonthPage({ params }: MonthPageProps) {
  const { creatorId, month } = await params;
  const { viewer, creator, locale, shared, notShared } = await openCreator(creatorId, "all", "Closed months");
  if (notShared) return notShared;
  if (!isMonth(month)) notFound();
  const name = monthName(month, locale);
  const mayManage = canManage(creator.role);
  const standing = await getStanding(creator.id);
  const told = await orRefused(
    Promise.all([months.history(viewer, creator.id, month), peopleOf(viewer, creator.id, shared)]),
  );
  if (told instanceof AppError) return <Refused error={told} />;
  const [history, nameOf] = told;
  const { isClosed, closings, reopenings } = history;
  const isOver = month < monthOf(creator.today);
  const [newest] = closings;
  const remarks = isClosed || !isOver ? [] : await readReview(viewer, standing, month);
  const changes = await changesBetween(viewer, creator.id, closings);
  const form = { creatorId: creator.id, month, name, initialId: randomUUID() };
  return (
    <>
      <PageHeader
        title={isClosed ? name : `Close ${name}`}
        note={
          isClosed ? "This month is closed." : "What to look at first; then its statement is kept for good."
        }
        crumbs={[
          { href: paths.statements(creator.id), label: "Statements" },
          { href: paths.closings(creator.id), label: "Closed months" },
        ]}
        actions={<ButtonLink href={paths.statement(creator.id, month)}>Statement</ButtonLink>}
      />
      <div className="grid gap-6">
        {closings.some(({ isIntact }) => !isIntact) && (
          <Notice tone="error" title="A statement of this month is not what was closed">
            Its checksum does not match, so it is not shown. Bring it back from a backup, or open the month
            again and close it anew.
          </Notice>
        )}
        {isClosed && newest && (
          <Card
            title="Closed"
            note={`${instant(newest.closedAt, locale, creator.timeZone)} by ${nameOf(newest.closedBy)}`}
            actions={
              mayManage && (
                <>
                  <ButtonLink href={paths.shares(creator.id, month)}>Share</ButtonLink>
                  <ReopenForm {...form} />
                </>
              )
            }
          >
            <div className="grid grid-cols-1 gap-2 text-sm">
              <p className="max-w-prose">
                Its statement shows the same figures for good, whatever is corrected, renamed or converted
                later. Corrections are booked in the first open month after it and named there.
              </p>
              <p>
                <span className="text-muted">Checksum (SHA-256 of the JSON file)</span>{" "}
                <code className="break-all">{newest.sha256}</code>
              </p>
            </div>
          </Card>
        )}
        {isClosed && !newest && (
          <Notice title="Closed before statements were kept">
            What comes later is booked in an open month. Open it again and close it anew to keep its
            statement.
          </Notice>
        )}
        {!isClosed && !isOver && (
          <Notice title={`${name} is not over yet`}>Close it when its last day has passed.</Notice>
        )}
        {!isClosed && isOver && (
          <Card
            title="To look at first"
            note="Nothing here keeps you from closing: some things stay as they are."
          >
            <ReviewList
              remarks={remarks.map((remark) => remarkWords(remark, { creatorId: creator.id, month, locale }))}
            />
          </Card>
        )}
        {!isClosed && isOver && (
          <Card title={closings.length > 0 ? "Close it again" : "Close it"}>
            <div className="grid gap-4">
              <p className="max-w-prose text-sm text-muted">
                The statement is kept byte for byte with its checksum. What comes later is booked as an
                adjustment in the first open month after {name}. An owner can open it again, with a reason
                that stays.
              </p>
              {mayManage ? (
                <CloseForm {...form} seen={standing.key} />
              ) : (
                <p className="text-sm">
                  Only an owner closes a month, since it settles what later entries change.
                </p>
              )}
            </div>
          </Card>
        )}
        {(closings.length > 1 || reopenings.length > 0) && (
          <Card title="History" note="Every closing, and why the month was opened in between.">
            <ClosingHistory
              {...{ closings, reopenings, changes, nameOf, locale }}
              creatorId={creator.id}
              zone={creator.timeZone}
            />
          </Card>
        )}
      </div>
    </>
  );
}
