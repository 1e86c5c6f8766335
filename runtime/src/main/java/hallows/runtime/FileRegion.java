package hallows.runtime;

/// A range of a file, to be sent without passing through memory where the link can do that.
public final class FileRegion extends Region {
    private final Range range;

    /// A range that stays readable until it is released to `lender`.
    public FileRegion(Home home, Lender lender, Range range) {
        super(home, lender);
        this.range = range;
    }

    /// Which bytes.
    ///
    /// @param file of which file
    /// @param position where they begin
    /// @param length how many
    public record Range(DiskFile file, long position, long length) {}

    /// The file.
    public DiskFile file() {
        return range.file();
    }

    /// Where the range begins.
    public long position() {
        return range.position();
    }

    @Override
    public long length() {
        return range.length();
    }
}
