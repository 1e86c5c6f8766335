package hallows.simulation;

/// What a name in a directory leads to.
sealed interface Entry permits Directory, StoredFile {
    /// Goes back to what the disk has kept, as a power loss decides it.
    void losePower(PowerLoss loss);
}
