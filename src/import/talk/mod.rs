//! Conversations, mail and meetings: who talks to whom.

mod calendar;
mod discord;
mod headers;
mod lines;
mod mail;
mod mbox;
mod meta_chats;
mod notices;
mod pages;
mod people;
mod recurrence;
mod slack;
mod telegram;
mod text_channel;
mod text_chat;
mod times;

use super::reader::Reader;

/// The formats, in the order of asking.
pub(super) const READERS: &[&dyn Reader] = &[
    &mail::Mbox,
    &mail::Letters,
    &calendar::Calendar,
    &text_chat::TextChat,
    &slack::SlackList,
    &slack::SlackDay,
    &telegram::Telegram,
    &discord::Channel,
    &discord::ChannelTable,
    &meta_chats::MetaChats,
    &pages::TelegramPage,
    &pages::DiscordPage,
    &text_channel::TextChannel,
];
