import { FileUp } from "lucide";
import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import * as channels from "@/db/channels";
import * as imports from "@/db/imports";
import { PLATFORM_LABEL, PLATFORMS, STREAM_LABEL, STREAMS } from "@/lib/model/words";
import { openCreator } from "../open-creator";
import { channelName, currencyChoices, labelled } from "../options";
import { peopleOf } from "../people";
import { ViewerNotice } from "../viewer-notice";
import { ImportTable } from "./import-table";
import { ImportWizard } from "./import-wizard";

export const metadata: Metadata = { title: "Imports" };

type ImportsPageProps = { params: Promise<{ creatorId: string }> };

export default async function ImportsPage({ params }: ImportsPageProps) {
  const { viewer, creator, locale, mayWrite } = await openCreator((await params).creatorId);
  const [rows, known, nameOf] = await Promise.all([
    imports.list(viewer, creator.id),
    channels.list(viewer, creator.id),
    peopleOf(viewer, creator.id),
  ]);
  return (
    <>
      <PageHeader
        title="Import a file"
        note="Bring what a platform exported, or your own table. You see what would happen before anything is saved, and can undo it after."
      />
      <div className="grid gap-6">
        {mayWrite ? (
          <ImportWizard
            creatorId={creator.id}
            creatorName={creator.name}
            choices={{
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
          <ViewerNotice />
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
