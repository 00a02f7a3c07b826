//! Work that waits for the disk, off the threads that serve everybody.

use super::StoreError;

/// Does work that blocks.
///
/// # Errors
/// Those of the work; being stopped is one like any other.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| StoreError::Other("the work was stopped".into()))?
}
