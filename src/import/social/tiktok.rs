//! TikTok: one JSON file with everything, whose headings changed with the years, or text files
//! with a block for each account, whose labels are in the language of the account.

use serde_json::Value;

use super::super::clean::shown;
use super::super::dates::{self, DateOrder};
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::json::{self, Met};
use super::list::{List, Star, account, handle_key, list_in_name};

const PLATFORM: &str = "tiktok";

/// `user_data_tiktok.json`, before `user_data.json`.
pub(super) struct Data;

impl Data {
    /// The list at a path. Only the last keys stayed the same over the years.
    fn list_at(path: &[String]) -> Option<usize> {
        let at = |key: &str, above: &str| {
            let mut keys = path.iter().rev();
            keys.next().is_some_and(|it| it.eq_ignore_ascii_case(key))
                && keys.next().is_some_and(|it| it.to_lowercase().starts_with(above))
        };
        if at("FansList", "follower") {
            Some(0)
        } else if at("Following", "following") {
            Some(1)
        } else {
            at("BlockList", "block").then_some(2)
        }
    }

    /// A heading whose list is left out: `"Following": null`.
    fn heading_at(path: &[String]) -> Option<usize> {
        let key = path.last()?.to_lowercase();
        ["follower", "following", "block list"]
            .iter()
            .position(|it| *it == key || format!("{it} list") == key)
    }
}

impl Reader for Data {
    fn name(&self) -> &'static str {
        "TikTok data"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        const MARKS: &[&str] = &[
            "Profile And Settings",
            "Your Activity",
            "App Settings",
            "Ads and data",
            "FansList",
            "Follower List",
            "ProfileMap",
            "Tiktok Live",
        ];
        let marks = MARKS.iter().filter(|key| json::has_key(head.text, key, &['{', '[', 'n']));
        let is_named = head.file_name().to_lowercase().starts_with("user_data");
        let needed = if is_named { 1 } else { 2 };
        json::is_json(head.text) && (marks.count() >= needed || head.text.contains("\"FansList\""))
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let lists = [List::Followers, List::Following, List::Aside("blocked")];
        let mut stars = lists.map(|list| Star::of(context.owner, list, reading));
        let mut seen = [false; 3];
        let mut own_name = None;
        let breaks = json::walk(text, context.watch, &mut |at, met| match met {
            Met::Begin => {
                if let Some(list) = Self::list_at(at.path) {
                    seen[list] = true;
                }
            }
            Met::Entry(entry) => {
                if let Some(list) = Self::list_at(at.path) {
                    add(&entry, at.line, &mut stars[list], reading);
                }
            }
            Met::Member(Value::Null) => {
                if let Some(list) = Self::list_at(at.path).or_else(|| Self::heading_at(at.path)) {
                    seen[list] = true;
                }
            }
            Met::Member(Value::String(name)) if at.key().eq_ignore_ascii_case("userName") => {
                own_name = Some(name);
            }
            _ => {}
        });
        if let Some(name) = own_name.as_deref().map(shown).filter(|it| !it.is_empty()) {
            context.owner.learn(handle_key(PLATFORM, &name));
            context.owner.name.get_or_insert(name);
        }
        for (list, seen) in ["follower", "following"].iter().zip(seen) {
            if !seen && breaks.is_empty() {
                reading.warn(0, format!("the {list} list is missing (not: empty); download the export again with all data"));
            }
        }
        if reading.rows() == 0 && seen[0] && seen[1] {
            reading.note(0, "both lists are there and empty");
        }
        let read = reading.rows();
        for broken in breaks {
            reading
                .skip(broken.line, format!("{}; {read} rows before it were read", broken.reason));
        }
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some((PLATFORM, folder))
    }
}

fn add(entry: &Value, line: usize, star: &mut Star, reading: &mut Reading) {
    let of = |key: &str| json::text_of(entry, key);
    match of("UserName").or_else(|| of("userName")) {
        Some(name) => {
            let date = of("Date").or_else(|| of("date"));
            let date = date.and_then(|it| dates::parse(&it, DateOrder::MonthFirst));
            star.add(line, account(PLATFORM, &name), date, reading);
        }
        None => reading.skip(line, "no account name"),
    }
}

/// `Follower.txt`, `Following.txt`: blocks of a date and an account name.
pub(super) struct Blocks;

impl Reader for Blocks {
    fn name(&self) -> &'static str {
        "TikTok list"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let blocks: Vec<Block<'_>> = Block::all(head.text).take(20).collect();
        let fits = |it: &&Block<'_>| it.has_time() && it.name().is_some();
        blocks.iter().filter(fits).count() * 2 > blocks.len()
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let list = list_in_name(context.path).unwrap_or_else(|| {
            reading.warn(
                0,
                "the file's name does not say which list this is, so it ties nobody; name it \
                 Follower.txt or Following.txt",
            );
            List::Aside("in a TikTok list")
        });
        reading.format = Some(match list {
            List::Followers => "TikTok followers",
            List::Following => "TikTok following",
            _ => self.name(),
        });
        let mut star = Star::of(context.owner, list, reading);
        for block in Block::all(text) {
            match block.name() {
                Some(name) => {
                    star.add(block.line, account(PLATFORM, name), block.date(), reading);
                }
                None => reading.skip(block.line, "no account name in this block"),
            }
        }
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        // The lists lie in a folder whose name is in the language of the account.
        let top = folder.split('/').next().unwrap_or(folder);
        let is_named = top.to_lowercase().starts_with("tiktok");
        let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
        Some((PLATFORM, if is_named { top } else { above }))
    }
}

/// Lines with a label and a value, up to an empty line.
struct Block<'t> {
    line: usize,
    values: Vec<&'t str>,
}

impl<'t> Block<'t> {
    fn all(text: &'t str) -> impl Iterator<Item = Self> {
        let mut lines = (1..).zip(text.lines()).peekable();
        std::iter::from_fn(move || {
            while lines.next_if(|(_, line)| line.trim().is_empty()).is_some() {}
            let line = lines.peek()?.0;
            let mut values = Vec::new();
            while let Some((_, line)) = lines.next_if(|(_, line)| !line.trim().is_empty()) {
                values.push(line.split_once([':', '：']).map_or("", |(_, value)| value.trim()));
            }
            Some(Self { line, values })
        })
    }

    /// `2023-08-10 06:18:18 UTC`; older files leave out the zone.
    fn is_time(value: &str) -> bool {
        let shape = |(at, byte): (usize, u8)| match at {
            4 | 7 => byte == b'-',
            10 => byte == b' ' || byte == b'T',
            13 | 16 => byte == b':',
            _ => byte.is_ascii_digit(),
        };
        value.len() >= 19 && value.bytes().take(19).enumerate().all(shape)
    }

    fn has_time(&self) -> bool {
        self.values.iter().any(|it| Self::is_time(it))
    }

    fn date(&self) -> Option<jiff::civil::Date> {
        let time = self.values.iter().find(|it| Self::is_time(it))?;
        dates::parse(time, DateOrder::MonthFirst)
    }

    /// The value beside the time, when it can be an account name and nothing else is there.
    fn name(&self) -> Option<&'t str> {
        let mut others = self.values.iter().filter(|it| !Self::is_time(it));
        let (name, rest) = (others.next()?, others.next());
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'@');
        let fits = !name.is_empty() && name.len() <= 30 && name.bytes().all(plain);
        (fits && rest.is_none()).then_some(*name)
    }
}
