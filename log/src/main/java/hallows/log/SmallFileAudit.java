package hallows.log;

import hallows.log.Fact.Kind;
import hallows.log.Findings.Spot;
import java.nio.file.Path;

/// Reads a file that holds no records and says whether it is one.
final class SmallFileAudit {
    private final Audit audit;

    SmallFileAudit(Audit audit) {
        this.audit = audit;
    }

    /// Reads a file. Blocks.
    void of(Path path) {
        new SmallFileDump(audit.disk(), fact -> see(path, fact))
                .of(path, LogFileName.bare(Place.nameOf(path)));
    }

    private void see(Path path, Fact fact) {
        if (fact.kind() == Kind.BROKEN) {
            audit.findings().damage(Spot.of(path), fact.field("why"), remedy(path));
        }
    }

    private static String remedy(Path path) {
        String name = LogFileName.bare(Place.nameOf(path));
        return switch (name) {
            case MetaProperties.NAME -> "the broker does not start: write it again";
            case PartitionMetadata.NAME ->
                    "the partition does not load: remove the file, the broker writes it again";
            default ->
                    name.endsWith(".snapshot")
                            ? "it is not used: producers are read from the snapshot before it and the"
                                    + " log"
                            : "what it says counts as not said; a start makes it anew";
        };
    }
}
