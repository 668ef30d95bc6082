import { FileUp } from "lucide";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import * as channels from "@/db/channels";
import * as imports from "@/db/imports";
import * as uploads from "@/db/uploads";
import { instant } from "@/lib/format";
import { PLATFORM_LABEL, PLATFORMS, STREAM_LABEL, STREAMS } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { openCreator } from "../open-creator";
import { channelName, currencyChoices, labelled } from "../options";
import { peopleOf } from "../people";
import { ViewerNotice } from "../viewer-notice";
import { ImportTable } from "./import-table";
import { ImportWizard } from "./import-wizard";

export const metadata: Metadata = { title: "Imports" };

type ImportsPageProps = { params: Promise<{ creatorId: string }> };

export default async function ImportsPage({ params }: ImportsPageProps) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "Imports",
  );
  if (notShared) return notShared;
  const [rows, waiting, known, nameOf] = await Promise.all([
    imports.list(viewer, creator.id),
    mayWrite ? uploads.list(viewer, creator.id) : [],
    channels.list(viewer, creator.id),
    peopleOf(viewer, creator.id, shared),
  ]);
  return (
    <>
      <PageHeader
        title="Import files"
        note="Bring what a platform exported, or your own table. You see what would happen before anything is saved, and can undo it after."
        actions={
          <ButtonLink href={paths.ledgerCsv(creator.id)} download>
            Download everything
          </ButtonLink>
        }
      />
      <div className="grid gap-6">
        {mayWrite ? (
          <ImportWizard
            creatorId={creator.id}
            creatorName={creator.name}
            today={creator.today}
            waiting={waiting.map(
              ({ id, fileName, bytes, state, isInterrupted, share, isUseless, recordedAt }) => ({
                ...{ id, fileName, bytes, share, isUseless },
                state: isInterrupted ? ("interrupted" as const) : state,
                since: instant(recordedAt, locale, creator.timeZone),
              }),
            )}
            choices={{
              locale,
              channels: known
                .filter(({ archivedAt }) => archivedAt === null)
                .map((channel) => ({
                  value: channel.id,
                  label: channelName(channel),
                  platform: channel.platform,
                })),
              platforms: labelled(PLATFORMS, PLATFORM_LABEL),
              streams: labelled(STREAMS, STREAM_LABEL),
              currencies: currencyChoices(creator.currency).map(({ code }) => ({ value: code, label: code })),
            }}
          />
        ) : (
          <ViewerNotice shared={shared} />
        )}
        <Card title="Imported so far" flush>
          <ImportTable
            creatorId={creator.id}
            rows={rows}
            nameOf={nameOf}
            locale={locale}
            timeZone={creator.timeZone}
            mayWrite={mayWrite}
            empty={
              <EmptyState icon={<Icon of={FileUp} />} title="Nothing imported yet">
                Each import is listed here with who brought it, and can be undone as a whole.
              </EmptyState>
            }
          />
        </Card>
      </div>
    </>
  );
}
