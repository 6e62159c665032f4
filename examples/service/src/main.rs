//! Runs the service: `tomtat-service [ADDRESS]`, by default 127.0.0.1:8080.
//!
//! ```text
//! cargo run --release -p tomtat-service &
//! curl --json '{"title": "…", "body": "…"}' http://127.0.0.1:8080/summaries
//! curl -H 'Content-Type: text/plain' --data-binary @article.txt http://127.0.0.1:8080/summaries
//! ```
//!
//! Ctrl-C (on Unix also SIGTERM) stops it: no new request is taken, those in
//! hand are answered.

use std::future::Future;
use std::process::ExitCode;
use std::{env, io, thread};
use tokio::net::TcpListener;
use tomtat::Summarizer;

#[tokio::main]
async fn main() -> ExitCode {
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("tomtat-service: {e}");
            ExitCode::FAILURE
        }
    }
}

async fn serve() -> io::Result<()> {
    let address = env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let listener = TcpListener::bind(&address).await.map_err(|e| io::Error::new(e.kind(), format!("{address}: {e}")))?;
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let routes = tomtat_service::routes(Summarizer::new(), cores);
    // Heard from here on: who sees the address may stop the service.
    let stop = stop()?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, routes).with_graceful_shutdown(stop).await
}

/// Waits until somebody wants the service to stop.
#[cfg(unix)]
fn stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupted, mut terminated) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// Waits until somebody wants the service to stop.
#[cfg(not(unix))]
fn stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Where Ctrl-C cannot be waited for, it runs until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
