//! Discord channels as `DiscordChatExporter` writes them in plain text: below a head of `Guild:` and
//! `Channel:`, a line `[12/30/2023 9:05 PM] ana` before each message.
//!
//! The text gives names and no addressee; who writes next on the same day answers.

use super::super::dates::{self, DateOrder, OrderSeen};
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::discord::Turns;
use super::people::{by_name, chat_name};

/// A channel in plain text.
pub(super) struct TextChannel;

impl Reader for TextChannel {
    fn name(&self) -> &'static str {
        "Discord channel"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let mut lines = head.text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.next().is_some_and(|line| line.starts_with("====="))
            && lines.next().is_some_and(|line| line.starts_with("Guild: "))
            && lines.next().is_some_and(|line| line.starts_with("Channel: "))
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let chat = chat_name(context.source);
        let is_private =
            text.lines().take(5).any(|line| line.starts_with("Guild: Direct Messages"));
        let mut seen = OrderSeen::default();
        for (when, _) in text.lines().filter_map(author_line) {
            seen.see(when);
        }
        let order = seen.order().unwrap_or(DateOrder::MonthFirst);
        let mut turns = Turns::of(is_private);
        for (when, name) in text.lines().filter_map(author_line) {
            reading.keep();
            let name = name.trim_end_matches("(pinned)").split('#').next().unwrap_or_default();
            let person = reading.person(by_name("discord", &chat, name));
            turns.take(person, dates::parse(when, order));
        }
        turns.thread.tie(reading);
    }
}

/// When and by whom, of the line before a message.
fn author_line(line: &str) -> Option<(&str, &str)> {
    let (when, name) = line.strip_prefix('[')?.split_once("] ")?;
    let is_date = dates::parse(when, DateOrder::MonthFirst).is_some();
    (is_date && !name.trim().is_empty()).then_some((when, name.trim()))
}
