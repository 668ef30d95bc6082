import { randomUUID } from "node:crypto";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import * as notes from "@/db/notes";
import * as tasks from "@/db/tasks";
import { monthName } from "@/lib/format";
import { monthOf } from "@/lib/model/month";
import { paths } from "@/lib/paths";
import { AskedList } from "../asked-list";
import { NoteForm } from "../note-form";
import { readersKey, readersName } from "../note-readers";
import { NoteList } from "../notes-on";
import { openCreator } from "../open-creator";

export const metadata: Metadata = { title: "Notes and tasks" };

/** Everything that was said of a creator, and what agencies ask of her, in one place. */
export default async function NotesPage({ params }: { params: Promise<{ creatorId: string }> }) {
  const { viewer, creator, locale, mayWrite } = await openCreator(
    (await params).creatorId,
    "traffic",
    "Notes and tasks",
  );
  const [list, circles, asked] = await Promise.all([
    notes.list(viewer, creator.id),
    notes.circles(viewer, creator.id),
    tasks.listAsked(viewer, creator.id),
  ]);
  const aboutOf = ({ about, subject }: notes.Note) => {
    if (about === "creator") return creator.name;
    const [href, label] =
      about === "month"
        ? [paths.projections(creator.id, subject), monthName(monthOf(subject), locale)]
        : about === "payout"
          ? [paths.payout(creator.id, subject), "A payout"]
          : [paths.deal(creator.id, subject), "A deal"];
    return (
      <Link href={href as Route} prefetch={false} className="link">
        {label}
      </Link>
    );
  };
  return (
    <>
      <PageHeader
        title="Notes and tasks"
        note="What was said of months, payouts and deals, and what an agency asks. Each note says who reads it."
      />
      <div className="grid gap-6">
        {asked.open.length + asked.done.length > 0 && (
          <Card title="Asked of you">
            <AskedList asked={asked} creator={creator} locale={locale} mayWrite={mayWrite} />
          </Card>
        )}
        <Card title="Notes" note="No other agency reads them.">
          <div className="grid gap-6">
            {list.length > 0 ? (
              <NoteList notes={list} creator={creator} locale={locale} aboutOf={aboutOf} />
            ) : (
              <p className="text-sm text-muted">
                Nothing yet. Notes are written where their subject is: at the foot of a month, a payout or a
                deal, and of the creator here.
              </p>
            )}
            {circles.length > 0 && (
              <NoteForm
                creatorId={creator.id}
                initialId={randomUUID()}
                about="creator"
                subject=""
                readers={circles.map((circle) => ({
                  value: readersKey(circle),
                  label: readersName(circle),
                }))}
              />
            )}
          </div>
        </Card>
      </div>
    </>
  );
}
