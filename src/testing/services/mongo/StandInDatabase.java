import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;

/** Gives its collections real indexes: the library searches every document for whatever is not the exact unique key. */
final class StandInDatabase extends H2Database {
  /** Set while an index is created; later the description is found among the stored ones. */
  private Document creating;

  StandInDatabase(String name, CursorRegistry cursors) {
    super(name, Storage.store(), cursors);
  }

  @Override
  protected MongoCollection<Object> openOrCreateCollection(String name, CollectionOptions options) {
    if (name.startsWith("system.")) {
      return super.openOrCreateCollection(name, options);
    }
    String fullName = getFullCollectionNamespace(name);
    return new StandInCollection(this, name, options, Storage.documents("databases." + fullName),
        Storage.store().openMap("meta." + fullName), cursorRegistry);
  }

  @Override
  protected synchronized void addIndex(Document description) {
    // The first index of a collection creates it, and with it the index of its _id.
    Document outer = creating;
    creating = description;
    try {
      super.addIndex(description);
    } finally {
      creating = outer;
    }
  }

  @Override
  protected Index<Object> openOrCreateUniqueIndex(String collection, String name, List<IndexKey> keys, boolean sparse) {
    return new UniqueIndex(name, keys, sparse, partialFilter(collection, name));
  }

  @Override
  protected Index<Object> openOrCreateSecondaryIndex(String collection, String name, List<IndexKey> keys, boolean sparse) {
    return new LookupIndex(name, keys);
  }

  private Document partialFilter(String collection, String name) {
    Document description = creating != null ? creating : storedDescription(collection, name);
    return description == null ? null : (Document) description.get("partialFilterExpression");
  }

  private Document storedDescription(String collection, String name) {
    MongoCollection<Object> known = indexes.get();
    if (known == null) {
      return null;
    }
    Document query = new Document("ns", getFullCollectionNamespace(collection)).append("name", name);
    return known.handleQueryAsStream(query).findFirst().orElse(null);
  }
}
