package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.Fault;
import hallows.runtime.Result;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Looks at what lies in Kafka's directories, ours or Kafka's own, without changing anything: a
/// whole log directory, one partition, or one file. Works beside a running broker. Everything here
/// blocks.
public final class Inspection {
    private final Disk disk;
    private final Unpacking unpacking;
    private final Consumer<Fact> out;

    /// Tells `out` what it sees.
    public Inspection(Disk disk, Unpacking unpacking, Consumer<Fact> out) {
        this.disk = disk;
        this.unpacking = unpacking;
        this.out = out;
    }

    /// Shows what is there. Whether all of it could be read; a failure when there is nothing at
    /// this place.
    public Result<Boolean> dump(Path path, DumpOptions options) {
        return switch (Place.of(disk, path)) {
            case Result.Failed<Place>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Place>(Place place) ->
                    new Result.Ok<>(new Dump(disk, unpacking, options, out).of(place));
        };
    }

    /// Reads everything and says what is not as it should be. Whether nothing was found; a failure
    /// when there is nothing at this place.
    public Result<Boolean> verify(Path path) {
        return switch (Place.of(disk, path)) {
            case Result.Failed<Place>(Fault fault) -> new Result.Failed<>(fault);
            case Result.Ok<Place>(Place place) ->
                    new Result.Ok<>(
                            new DirectoryAudit(new Audit(disk, unpacking, new Findings(out)))
                                    .of(place));
        };
    }
}
