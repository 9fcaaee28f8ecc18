import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.h2.mvstore.MVMap;

/**
 * Writes every document change into the journal (the library forgets findAndModify), looks documents up by index, and
 * hands out copies: the library's own are changed in place while another connection is still reading them.
 */
final class StandInCollection extends H2Collection {
  private boolean replacing;
  private boolean onlyFirst;
  private Object inserted;

  StandInCollection(MongoDatabase database, String name, CollectionOptions options, MVMap<Object, Document> data,
      MVMap<String, Object> meta, CursorRegistry cursors) {
    super(database, name, options, data, meta, cursors);
  }

  @Override
  protected QueryResult queryDocuments(Document query, Document orderBy, int skip, int limit, int batchSize,
      Document fields) {
    int most = limit == 0 && onlyFirst ? 1 : limit;
    Collection<Object> positions = Plan.positions(getIndexes(), query);
    return positions == null
        ? matchDocuments(query, orderBy, skip, most, batchSize, fields)
        : matchDocuments(query, positions, orderBy, skip, most, batchSize, fields);
  }

  @Override
  protected QueryResult createQueryResult(List<Document> matched, int batchSize) {
    return super.createQueryResult(matched.stream().map(Document::cloneDeeply).collect(Collectors.toList()), batchSize);
  }

  @Override
  public synchronized Document updateDocuments(Document selector, Document update, ArrayFilters filters, boolean multi,
      boolean upsert, Oplog oplog) {
    replacing = isReplacement(update);
    onlyFirst = !multi;
    try {
      return super.updateDocuments(selector, update, filters, multi, upsert, oplog);
    } finally {
      replacing = false;
      onlyFirst = false;
    }
  }

  @Override
  public synchronized Document findAndModify(Document query) {
    replacing = query.get("update") instanceof Document && isReplacement((Document) query.get("update"));
    inserted = null;
    try {
      Document reply = super.findAndModify(query);
      if (!reply.containsKey("lastErrorObject")) {
        boolean removed = reply.get("value") != null && inserted == null;
        Document last = new Document("n", inserted != null || removed ? 1 : 0);
        reply.put("lastErrorObject", removed ? last : withUpsert(last.append("updatedExisting", false)));
      }
      return reply;
    } finally {
      replacing = false;
    }
  }

  private Document withUpsert(Document last) {
    return inserted == null ? last : last.append("upserted", inserted);
  }

  private static boolean isReplacement(Document update) {
    return update.keySet().stream().noneMatch(key -> key.startsWith("$"));
  }

  @Override
  protected Object addDocumentInternal(Document document) {
    Object position = super.addDocumentInternal(document);
    inserted = position;
    Storage.journal().inserted(getFullName(), position, document);
    return position;
  }

  @Override
  protected void handleUpdate(Object position, Document before, Document after) {
    super.handleUpdate(position, before, after);
    Storage.journal().updated(getFullName(), before, after, replacing);
  }

  @Override
  protected void removeDocument(Object position) {
    super.removeDocument(position);
    Storage.journal().deleted(getFullName(), position);
  }
}
