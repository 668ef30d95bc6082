/** Every address of the app, by noun. */
const at = (creatorId: string) => `/creators/${creatorId}`;

export const paths = {
  overview: (creatorId: string) => at(creatorId),
  channel: (creatorId: string, channelId: string) => `${at(creatorId)}/channels/${channelId}`,
  channels: (creatorId: string) => `${at(creatorId)}/channels`,
  importFile: (creatorId: string) => `/api/creators/${creatorId}/imports`,
  importPreview: (creatorId: string) => `/api/creators/${creatorId}/imports/preview`,
  imports: (creatorId: string) => `${at(creatorId)}/imports`,
  monthCsv: (creatorId: string, month: string) => `/api/creators/${creatorId}/months/${month}`,
  newChannel: (creatorId: string) => `${at(creatorId)}/channels/new`,
  newPayout: (creatorId: string) => `${at(creatorId)}/payouts/new`,
  newReceipt: (creatorId: string) => `${at(creatorId)}/receipts/new`,
  newTraffic: (creatorId: string) => `${at(creatorId)}/traffic/new`,
  newVideo: (creatorId: string) => `${at(creatorId)}/videos/new`,
  payout: (creatorId: string, chainId: string) => `${at(creatorId)}/payouts/${chainId}`,
  payouts: (creatorId: string) => `${at(creatorId)}/payouts`,
  projections: (creatorId: string, month: string) => `${at(creatorId)}/projections?month=${month}`,
  rates: (creatorId: string) => `${at(creatorId)}/rates`,
  receipt: (creatorId: string, receiptId: string) => `${at(creatorId)}/receipts/${receiptId}`,
  receipts: (creatorId: string) => `${at(creatorId)}/receipts`,
  settings: (creatorId: string) => `${at(creatorId)}/settings`,
  traffic: (creatorId: string) => `${at(creatorId)}/traffic`,
  trafficEntry: (creatorId: string, trafficId: string) => `${at(creatorId)}/traffic/${trafficId}`,
  video: (creatorId: string, videoId: string) => `${at(creatorId)}/videos/${videoId}`,
  videos: (creatorId: string) => `${at(creatorId)}/videos`,
};
