import type { Stage } from "./stage.ts";

/** All that somebody could change at a stage, as those see it who see the most. */
export async function whatStands({ hotel, conversationId, contactId, attachmentId }: Stage) {
  const client = await hotel.agent("owner").client();
  const { propertyId } = hotel;
  return {
    /** With the feed's cursor: nothing is changed that it does not tell. */
    counts: await client.countConversations({ propertyId }),
    list: (await client.listConversations({ propertyId, view: "all" })).items,
    conversation: await client.getConversation({ conversationId }),
    timeline: await client.getTimeline({ conversationId, limit: 100 }),
    contact: await client.getContact({ propertyId, contactId }),
    contacts: await client.listContacts({ propertyId, limit: 100 }),
    attachment: withoutLink(await client.getAttachment({ propertyId, attachmentId })),
    labels: await client.listLabels({ propertyId }),
    fields: await client.listFields({ propertyId }),
    templates: await client.listTemplates({ propertyId }),
    channels: await client.listChannels({ propertyId }),
    people: await client.getPropertyPeople({ propertyId }),
    agents: await client.listAgents({}),
    deliveries: await client.listDeliveries({ propertyId, limit: 100 }),
  };
}

/** A link is another whenever it is asked for late enough. */
function withoutLink({ attachment: { url: _, ...attachment } }: { attachment: { url: unknown } }) {
  return attachment;
}
