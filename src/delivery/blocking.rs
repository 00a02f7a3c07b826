//! Work that waits for the disk, off the threads that serve everybody.

use crate::store::StoreError;

/// Does work that blocks; being stopped is an error like any other.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| StoreError::Other("the work was stopped".into()))?
}
