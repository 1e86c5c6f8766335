package hallows.runtime;

/// A range of a file, to be sent without passing through memory where the link can do that.
public final class FileRegion extends Region {
    private final DiskFile file;
    private final long position;
    private final long length;

    /// A range that stays readable until it is released to `lender`.
    public FileRegion(Home home, Lender lender, DiskFile file, long position, long length) {
        super(home, lender);
        this.file = file;
        this.position = position;
        this.length = length;
    }

    /// The file.
    public DiskFile file() {
        return file;
    }

    /// Where the range begins.
    public long position() {
        return position;
    }

    @Override
    public long length() {
        return length;
    }
}
