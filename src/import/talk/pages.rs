//! Chats exported as pages: Telegram's `messages.html`, Discord channels of `DiscordChatExporter`.
//!
//! Pages tell less than the same chat as JSON. Telegram's give names only, and a message without a
//! name is by whoever wrote the one above it; in both an answer names the message it answers.

use std::collections::HashMap;

use jiff::civil::Date;

use super::super::clean::shown;
use super::super::dates::{self, DateOrder};
use super::super::html::{Piece, Pieces, attribute, is_html};
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::threads::Thread;
use super::notices::{self, Came};
use super::people::{account, by_name, chat_name};

/// A page of Telegram.
pub(super) struct TelegramPage;

/// A page of a Discord channel.
pub(super) struct DiscordPage;

impl Reader for TelegramPage {
    fn name(&self) -> &'static str {
        "Telegram chat"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        is_html(head.text)
            && head.text.contains("class=\"message ")
            && head.text.contains("page_body chat_page")
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let mut chat = Chat { is_shared: true, ..Chat::default() };
        chat.name = chat_name(context.source);
        let (mut awaits, mut is_forward) = (Awaits::Nothing, false);
        for (line, piece) in Pieces::of(text) {
            match piece {
                Piece::Open(name, attributes) if name == "div" => {
                    let class = attribute(attributes, "class").unwrap_or_default();
                    let is = |wanted: &str| class.split_whitespace().any(|it| it == wanted);
                    if is("message") {
                        chat.finish(reading);
                        is_forward = false;
                        let id = attribute(attributes, "id").unwrap_or_default();
                        let id = id.trim_start_matches("message").to_owned();
                        let follows = is("joined");
                        let is_notice = is("service");
                        chat.message =
                            Some(Message { line, id, follows, is_notice, ..Message::default() });
                    } else if is("forwarded") {
                        is_forward = true;
                    } else if is("from_name") {
                        awaits = if is_forward { Awaits::First } else { Awaits::Author };
                    } else if is("date") {
                        chat.dated(attribute(attributes, "title"));
                    } else if is("body") && is("details") {
                        awaits = Awaits::Notice;
                    } else if is("bold") && chat.message.is_none() {
                        awaits = Awaits::Title;
                    }
                }
                Piece::Open(name, attributes) if name == "a" => {
                    let link = attribute(attributes, "href").unwrap_or_default();
                    if let (Some((_, id)), Some(message)) =
                        (link.split_once("go_to_message"), &mut chat.message)
                    {
                        id.clone_into(&mut message.answers);
                    }
                }
                Piece::Text(text) => chat.text(std::mem::take(&mut awaits), text),
                _ => {}
            }
        }
        chat.finish(reading);
        chat.thread.tie(reading);
    }
}

impl Reader for DiscordPage {
    fn name(&self) -> &'static str {
        "Discord channel"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        is_html(head.text)
            && head.text.contains("chatlog")
            && (head.text.contains("preamble") || head.text.contains("discord"))
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let is_shared = context.path.contains("Direct Messages");
        let mut chat = Chat { is_shared, ..Chat::default() };
        chat.name = chat_name(context.source);
        let mut awaits = Awaits::Nothing;
        for (line, piece) in Pieces::of(text) {
            match piece {
                Piece::Open(_, attributes) => {
                    let class = attribute(attributes, "class").unwrap_or_default();
                    let is = |wanted: &str| class.split_whitespace().any(|it| it == wanted);
                    let id = || attribute(attributes, "data-message-id");
                    if let Some(id) =
                        id().filter(|_| is("chatlog__message-container") || is("chatlog__message"))
                    {
                        chat.finish(reading);
                        let message = Message { line, id, follows: true, ..Message::default() };
                        chat.message = Some(message);
                    } else if is("chatlog__author") || is("chatlog__author-name") {
                        if let Some(message) = &mut chat.message {
                            message.account = attribute(attributes, "data-user-id");
                        }
                        awaits = Awaits::Author;
                    } else if is("chatlog__timestamp") || is("chatlog__short-timestamp") {
                        chat.dated(attribute(attributes, "title"));
                        awaits = Awaits::Date;
                    } else if is("chatlog__reply-link") {
                        let click = attribute(attributes, "onclick").unwrap_or_default();
                        if let Some(message) = &mut chat.message {
                            message.answers = click.chars().filter(char::is_ascii_digit).collect();
                        }
                    }
                }
                Piece::Text(text) => chat.text(std::mem::take(&mut awaits), text),
                Piece::Close(_) => {}
            }
        }
        chat.finish(reading);
        chat.thread.tie(reading);
    }
}

/// What the next text is.
#[derive(Clone, Copy, Default)]
enum Awaits {
    #[default]
    Nothing,
    Title,
    Author,
    /// Whose message is passed on.
    First,
    Date,
    Notice,
}

/// One message in the making.
#[derive(Default)]
struct Message {
    line: usize,
    id: String,
    /// Without a name, it is by the author of the one above.
    follows: bool,
    is_notice: bool,
    author: String,
    account: Option<String>,
    first: String,
    answers: String,
    notice: String,
    date: Option<Date>,
}

#[derive(Default)]
struct Chat {
    name: String,
    /// What is written goes to everyone there, not to nobody in particular.
    is_shared: bool,
    thread: Thread,
    message: Option<Message>,
    /// Who wrote the message above, and every message by its id.
    last: Option<u32>,
    authors: HashMap<String, u32>,
}

impl Chat {
    fn text(&mut self, awaits: Awaits, text: String) {
        if let (Awaits::Title, None) = (awaits, &self.message) {
            self.name = shown(&text);
        }
        let Some(message) = &mut self.message else { return };
        match awaits {
            Awaits::Author => message.author = text,
            Awaits::First => message.first = text,
            Awaits::Notice => message.notice = text,
            Awaits::Date => self.dated(Some(text)),
            Awaits::Nothing | Awaits::Title => {}
        }
    }

    /// The first date of a message is its own.
    fn dated(&mut self, text: Option<String>) {
        if let (Some(message), Some(text)) = (&mut self.message, text) {
            let date = || dates::parse(&text, DateOrder::MonthFirst);
            message.date = message.date.or_else(date);
        }
    }

    fn finish(&mut self, reading: &mut Reading) {
        let Some(message) = self.message.take() else { return };
        if message.is_notice {
            self.notice(&message, reading);
            return;
        }
        let author = match (&message.account, message.author.as_str()) {
            (Some(id), name) => Some(reading.person(account("discord", id, name))),
            (None, "") => self.last.filter(|_| message.follows),
            (None, name) => Some(self.named(name, reading)),
        };
        let Some(author) = author else {
            reading.skip(message.line, "a message without an author");
            return;
        };
        reading.keep();
        self.last = Some(author);
        if self.is_shared {
            self.thread.post(author, message.date);
        } else {
            self.thread.people.insert(author);
        }
        if let Some(&answered) = self.authors.get(&message.answers) {
            self.thread.attend(author, answered, message.date);
        }
        if !message.first.is_empty() {
            let first = self.named(&message.first, reading);
            self.thread.attend(author, first, message.date);
        }
        self.authors.insert(message.id, author);
    }

    fn notice(&mut self, message: &Message, reading: &mut Reading) {
        match notices::came(&message.notice) {
            Some(Came { by, who }) => {
                reading.keep();
                let by = by.map(|name| self.named(name, reading));
                let who: Vec<u32> = who.into_iter().map(|name| self.named(name, reading)).collect();
                self.thread.join(by, &who, message.date);
            }
            // Days stand between the messages as notices do, and are no rows.
            None if dates::parse(&message.notice, DateOrder::MonthFirst).is_some() => {}
            None => reading.skip(message.line, "a notice of the app, not a message"),
        }
    }

    fn named(&self, name: &str, reading: &mut Reading) -> u32 {
        reading.person(by_name("telegram", &self.name, name))
    }
}
