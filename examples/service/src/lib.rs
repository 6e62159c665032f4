//! A small web service around the library: POST an article, get its summary.
//!
//! Takes JSON such as `{"title": "…", "lede": "…", "body": "…",
//! "published": "2026-11-23"}` or `{"text": "…"}` at `/summaries`, and plain
//! text there with `Content-Type: text/plain`. Gives the library's own
//! [`Summary`] as JSON. Summarizing takes the processor for a millisecond or
//! so: it runs on tokio's blocking threads, not more at a time than there are
//! permits, so that the service keeps answering.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tomtat::{Article, Date, Summarizer, Summary};

/// Longest request that is read, in bytes; a longer one gets status 413.
pub const BODY_LIMIT_BYTES: usize = 1 << 20;

/// The service's routes; a server or a test runs them.
pub fn routes(summarizer: Summarizer, at_a_time: usize) -> Router {
    let service = Service { summarizer, permits: Arc::new(Semaphore::new(at_a_time)) };
    Router::new()
        .route("/summaries", post(summarize))
        .route("/health", get(|| async { "ok\n" }))
        .layer(DefaultBodyLimit::max(BODY_LIMIT_BYTES))
        .with_state(service)
}

#[derive(Clone)]
struct Service {
    summarizer: Summarizer,
    permits: Arc<Semaphore>,
}

/// An article as it is sent.
#[derive(Debug, Default, Deserialize)]
struct Request {
    text: Option<String>,
    title: Option<String>,
    lede: Option<String>,
    body: Option<String>,
    published: Option<Date>,
}

impl Request {
    fn article(self) -> Result<Article<'static>, Refusal> {
        let Self { text, title, lede, body, published } = self;
        let article = match (text, title, lede, body) {
            (Some(text), ..) => Article::from(text),
            (None, None, None, None) => {
                return Err(Refusal(StatusCode::UNPROCESSABLE_ENTITY, "send text, or some of title, lede, body".to_owned()));
            }
            (None, title, lede, body) => {
                let [title, lede, body] = [title, lede, body].map(Option::unwrap_or_default);
                Article::from_parts(&title, &lede, &body)
            }
        };
        Ok(match published {
            Some(date) => article.published(date),
            None => article,
        })
    }
}

/// A request that is not answered with a summary.
struct Refusal(StatusCode, String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"error": self.1}))).into_response()
    }
}

async fn summarize(
    State(service): State<Service>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Summary>, Refusal> {
    let body = body.map_err(|e| Refusal(e.status(), e.body_text()))?;
    let article = read(&headers, &body)?;
    // Closed only when the service ends.
    let permit = service.permits.acquire_owned().await.map_err(|_| unavailable())?;
    let work = tokio::task::spawn_blocking(move || {
        let summary = service.summarizer.summarize(article);
        drop(permit);
        summary
    });
    work.await.map(Json).map_err(|_| unavailable())
}

fn unavailable() -> Refusal {
    Refusal(StatusCode::SERVICE_UNAVAILABLE, "the service is stopping".to_owned())
}

fn read(headers: &HeaderMap, body: &[u8]) -> Result<Article<'static>, Refusal> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    let refusal = |problem: String| Refusal(StatusCode::BAD_REQUEST, problem);
    if kind.starts_with("text/plain") {
        let text = std::str::from_utf8(body).map_err(|e| refusal(format!("not UTF-8 at byte {}", e.valid_up_to())))?;
        return Ok(Article::from(text.to_owned()));
    }
    let request: Request = serde_json::from_slice(body).map_err(|e| refusal(format!("not an article in JSON: {e}")))?;
    request.article()
}
