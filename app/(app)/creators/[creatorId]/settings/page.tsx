import type { Metadata } from "next";
import { creatorChoices } from "@/app/creator-choices";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { canManage } from "@/lib/model/access";
import { openCreator } from "../open-creator";
import { CreatorForm } from "./creator-form";
import { PoolForm } from "./pool-form";
import { SettingsTabs } from "./settings-tabs";

export const metadata: Metadata = { title: "Creator settings" };

type CreatorSettingsProps = { params: Promise<{ creatorId: string }> };

export default async function CreatorSettingsPage({ params }: CreatorSettingsProps) {
  const { creator, locale, notShared } = await openCreator((await params).creatorId, "house", "Settings");
  if (notShared) return notShared;
  const mayManage = canManage(creator.role);
  return (
    <>
      <PageHeader title="Settings" note={creator.name} />
      <SettingsTabs creatorId={creator.id} at="creator" />
      <div className="grid max-w-3xl gap-6">
        <Card title="Creator" note={mayManage ? undefined : "Only an owner can change this."}>
          {mayManage ? (
            <CreatorForm creator={creator} {...creatorChoices(locale, creator.timeZone)} />
          ) : (
            <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
              <dt className="text-muted">Name</dt>
              <dd>{creator.name}</dd>
              <dt className="text-muted">Reports in</dt>
              <dd>{creator.currency}</dd>
              <dt className="text-muted">Time zone</dt>
              <dd>{creator.timeZone.replaceAll("_", " ")}</dd>
            </dl>
          )}
        </Card>
        {!creator.isSample && (
          <Card
            title="Pooling"
            note="Creators who agree to it begin from what each other's payouts have shown, not from published rates alone."
          >
            <div className="grid gap-4">
              <dl className="grid gap-x-6 gap-y-2 text-sm md:grid-cols-[auto_1fr]">
                <dt className="text-muted">Shared</dt>
                <dd>
                  For each stream and platform: how far your rate lies from the published one, and how sure
                  that is. With it your audience's regions and your niche.
                </dd>
                <dt className="text-muted">Never shared</dt>
                <dd>Amounts, views, videos, names, and whose rate it is.</dd>
                <dt className="text-muted">Used when</dt>
                <dd>
                  Five other creators or more agreed and none of them counts for more than 40 %; else the
                  published rate stands.
                </dd>
              </dl>
              {mayManage ? (
                <PoolForm creator={{ id: creator.id, pools: creator.pools, version: creator.version }} />
              ) : (
                <p className="text-sm">
                  {creator.pools ? "It is on." : "It is off."} Only an owner can change this.
                </p>
              )}
            </div>
          </Card>
        )}
      </div>
    </>
  );
}
